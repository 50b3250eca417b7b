import type { Page } from "@playwright/test";
import { PASSPHRASE } from "../e2e/fixtures/cohort.ts";

/** When a visit came to what, in milliseconds from its beginning. */
export type Moments = {
  /** The beginning, in milliseconds since 1970. */
  began: number;
  /** The first paint of anything. */
  painted: number;
  /** What the learner came for can be read. */
  useful: number;
};

/** What the learner came for. */
export type Wanted = "the form" | "a deadline";

/** Has the page say when it came to what. Before it goes anywhere. `signIn`: fills the form in and sends it, as soon as it can be
 * sent: a learner who needs no time to type. In the page itself, so that nothing is asked of it from outside meanwhile. */
export async function moments(page: Page, wanted: Wanted, signIn = false): Promise<{ told: Promise<Moments> }> {
  const told = new Promise<Moments>((done) =>
    page.on("console", (message) => {
      const [, moments] = /^moments (.*)/.exec(message.text()) ?? [];
      if (moments) done(JSON.parse(moments) as Moments);
    }),
  );
  await page.addInitScript(watchForMoments, { wanted, signIn, passphrase: PASSPHRASE });
  return { told }; // the promise alone would be waited for by whoever waits for this
}

function watchForMoments(options: { wanted: Wanted; signIn: boolean; passphrase: string }): void {
  const { wanted, signIn, passphrase } = options;
  // By the console, because a function from outside would be set up in each page that opens, and that takes time of what is measured.
  const tell = (moments: Moments) => console.debug(`moments ${JSON.stringify(moments)}`);
  let typed = false;
  let seen = false;
  const painted = () => performance.getEntriesByName("first-paint")[0]?.startTime;
  const look = () => {
    // The button sends only since boot.js is there.
    const button = document.querySelector<HTMLButtonElement>("#sign-in-submit[type=submit]");
    if (signIn && button && !typed) {
      typed = true;
      document.querySelector<HTMLInputElement>("#sign-in-learner")!.value = "L1001";
      document.querySelector<HTMLInputElement>("#sign-in-passphrase")!.value = passphrase;
      document.querySelector<HTMLInputElement>("#sign-in-shared-no")!.checked = true;
      button.click();
    }
    const found =
      wanted === "the form" ? button !== null : !!document.querySelector("main article a")?.textContent?.trim();
    if (!found || seen) return;
    seen = true;
    const there = performance.now();
    const said = () => {
      const first = painted();
      if (first === undefined) return requestAnimationFrame(said);
      // Where nothing was drawn before, the browser tells when it was shown. Else it is the task after the frame.
      setTimeout(() =>
        tell({ began: performance.timeOrigin, painted: first, useful: first > there ? first : performance.now() }),
      );
    };
    requestAnimationFrame(said);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
}
