// C8: what a link opens, and when somebody last looked at it, before it is opened; and a way to report it.
import { at, go, kept, signIn } from "../fixtures/app.ts";
import { checkNow, expectReceived, send } from "../fixtures/asking.ts";
import { work } from "../fixtures/cohort.ts";
import { spokenDay } from "../fixtures/dates.ts";
import { expect, test } from "../fixtures/test.ts";

test("C8: each link shows its host, its size and when it was last looked at, and a policy's is reported without a network", async ({
  page,
  portal,
  noise,
}) => {
  noise.allowFailedRequests();
  const lead = portal.staff("safeguarding-lead", "Grace Adeyemi");
  await signIn(page);
  await kept(page);
  await portal.stop();
  const main = page.getByRole("main");
  await go(page, at.deadline(work.extended.id));
  await expect(main.getByRole("link", { name: /^More about it \(learn\.example\.org, 2\.3 MB\)/ })).toBeVisible();
  const day = spokenDay(work.extended.linkReviewedOn).replace(/^\w+ /, "");
  await expect(main).toContainText(`We last looked at this link on ${day}.`);
  await go(page, at.deadline(work.group.id));
  await expect(main).toContainText("We have not said when we last looked at this link.");

  await go(page, at.course);
  const policy = page.getByRole("article").filter({ hasText: "Online Safety Policy" });
  await expect(policy.getByRole("link", { name: /^Read Online Safety Policy \(www\.example\.org/ })).toBeVisible();
  await expect(policy).toContainText("We last looked at this link on 3 November 2026.");
  await policy.getByRole("link", { name: "Report this link: Online Safety Policy" }).click();
  await expect(main).toContainText("Online Safety Policy");
  await page.getByLabel("What is wrong with it?").fill("It opens a shop.");
  const id = await send(page);
  await portal.start();
  await checkNow(page);
  await expectReceived(page, "Something wrong in material: Online Safety Policy");
  const { request } = await lead.read(id);
  expect(request.about).toEqual({ link: "https://www.example.org/policies/online-safety" });
  await lead.answer(id, { text: "We have put the right page there." });
  await checkNow(page);
  await expect(main).toContainText("We have put the right page there.");
});
