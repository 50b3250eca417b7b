// Brings the app in, and keeps the first page useful until it is there. Loaded as a module, once, by index.html, whose script
// element says where the program is (data-js, data-wasm) and how many bytes it has (data-size).
// It reads no personal data: what is typed stays in the fields, where the app finds it (src/browser/early.rs).

// Milliseconds without a byte: on 2G (800 ms a round trip) a new connection brings its first after 4 s.
const STALLED = 10_000;
const SCRIPT = 15_000; // milliseconds for the script, whose bytes cannot be seen coming; 2G brings its 8 kB in one second
const PAUSES = [1_000, 3_000, 9_000]; // milliseconds before each further try

const WORDS = {
  opening: "Opening your deadlines…",
  caught: "Thank you. You will be signed in as soon as the portal is here. Keep this page open.",
  left: (kilobytes) => `About ${kilobytes} kB left to come.`,
  again: "The connection was lost. Trying again…",
  tryAgain: "Try again",
  network: ["The portal could not be reached.", "Check that this device is online, then try again."],
  portal: [
    "This network answered instead of the portal.",
    "It may want you to sign in to it, or to accept its terms: open any other web page to see. Then try again.",
  ],
  gone: ["The portal is being updated.", "Wait a minute, then try again."],
  old: [
    "This browser is too old for the portal, or blocks a part of it.",
    "Update the browser, or use another browser, phone or computer.",
  ],
  broken: [
    "The portal could not start.",
    "Try again. If this comes back, telephone your tutor and say what this page says.",
  ],
  meanwhile: "The numbers below work all the same. Your tutor can give you your deadlines by telephone.",
};

const script = document.querySelector("script[data-wasm]");
const form = document.getElementById("early");
const line = document.getElementById("early-status");
const progress = document.getElementById("early-progress");
const early = (window.portalEarly = { submitted: false });
/** Shows this page, if it waits unseen. */
let show = () => {};

catchEarlySubmit();
early.kept = beginToOpen().catch(() => {});
applyChoices();
const signedIn = kept("portal.signed-in") !== null;
if (signedIn) {
  form.hidden = true;
  document.title = "Learner portal";
  document.getElementById("early-title").textContent = "Learner portal";
  say(WORDS.opening);
}
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the fragment belongs to the app
  document.getElementById("main").focus();
});
const worker = navigator.serviceWorker?.controller;
early.settings = settings().catch(() => {});
if (worker && signedIn) waitUnseen();
document.getElementById("app").hidden = false;
start();
setTimeout(() => {
  worker?.postMessage({ type: "renew-settings" });
  // Only for installing the app, and drawing its icon takes a slow phone a while.
  document.head.append(
    Object.assign(document.createElement("link"), { rel: "manifest", href: "./manifest.webmanifest" }),
  );
}, 3_000);

/** The colours and the text size that were chosen on this device, before anything is seen in others. */
function applyChoices() {
  const root = document.documentElement.dataset;
  const theme = kept("portal.theme");
  const text = kept("portal.text");
  if (theme === "light" || theme === "dark") root.theme = theme;
  if (["1", "1.25", "1.5", "2"].includes(text)) root.text = text;
}

/** The configuration, while the program comes: what the worker keeps of it, or from the network. Where it is not to be had like this, the
 * app asks itself, and says what is wrong. */
async function settings() {
  const file = "config.json";
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 8_000);
  const answer = await (worker
    ? caches.match(file, { cacheName: "portal-settings" })
    : fetch(file, { cache: "no-cache", signal: stop.signal }));
  return answer.ok && answer.text();
}

/** What the app keeps (src/browser/store.js), opened and read while the program comes; nothing where there is none. */
function beginToOpen() {
  return new Promise((done) => {
    const request = indexedDB.open("portal");
    request.onupgradeneeded = () => request.transaction.abort(); // the app makes it
    request.onsuccess = () => {
      const database = request.result;
      try {
        const reading = database.transaction(["kept", "outbox"]);
        const [kept, outbox] = [reading.objectStore("kept"), reading.objectStore("outbox")];
        const asked = [kept.getAllKeys(), kept.getAll(), outbox.getAllKeys()];
        reading.oncomplete = () => done({ database, rows: asked.map(({ result }) => result), at: performance.now() });
        reading.onabort = () => done({ database });
      } catch {
        done({ database }); // of another version
      }
    };
    request.onerror = (event) => (event.preventDefault(), done());
  });
}

/** From the service worker the program is there before anybody has read this page: drawing it would only keep that waiting. */
function waitUnseen() {
  const app = document.getElementById("app");
  const parts = [...app.children];
  // With a text out of sight, so that the browser gets its font out meanwhile.
  app.replaceChildren(parts[0]);
  show = () => app.firstChild !== parts[0] || app.append(...parts);
  setTimeout(show, 500);
}

/** A stored preference; nothing where storage is refused. */
function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** The button does nothing until now, so that nothing can be sent before someone is here to catch it. */
function catchEarlySubmit() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    early.submitted = true;
    say(WORDS.caught);
  });
  document.getElementById("sign-in-submit").type = "submit";
}

function say(...sentences) {
  line.replaceChildren(
    ...sentences.map((sentence) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = sentence;
      return paragraph;
    }),
  );
}

async function start() {
  if (typeof WebAssembly !== "object" || !WebAssembly.compileStreaming) return fail(WORDS.old);
  // Each by itself: where one is lost, the other has not come for nothing.
  const parts = await Promise.allSettled([
    insist("js", (url) => inTime(import(url))),
    insist("wasm", (url) => download(url)),
  ]);
  const lost = parts.filter((part) => part.status === "rejected").map((part) => part.reason);
  if (lost.length > 0) return fail(explain(lost.find((fault) => fault instanceof Refused) ?? lost[0]));
  const [glue, program] = parts.map((part) => part.value);
  try {
    await glue.default({ module_or_path: program });
  } catch (fault) {
    console.error(fault);
    fail(explain(fault));
  }
}

/** Gets a part, and asks again where it may go better then. */
async function insist(part, get) {
  for (let tries = 0; ; tries++) {
    try {
      return await get(address(part, tries));
    } catch (fault) {
      console.error(fault);
      if (tries === PAUSES.length || !mayPass(fault)) throw fault;
      progress.textContent = WORDS.again;
      // Not all at once, where a busy network has lost many.
      await new Promise((done) => setTimeout(done, PAUSES[tries] * (0.75 + Math.random() / 2)));
      progress.textContent = "";
    }
  }
}

/** An import cannot be stopped, but it need not be waited for. */
function inTime(promise) {
  return new Promise((done, lost) => {
    promise.then(done, lost);
    setTimeout(() => lost(new TypeError("no answer in time")), SCRIPT);
  });
}

/** Where a part is. A further try asks under another address: some browsers remember that a module has failed. */
function address(part, tries) {
  const url = new URL(script.dataset[part], document.baseURI);
  if (tries > 0) url.searchParams.set("try", tries);
  return url.href;
}

class Refused extends Error {
  constructor(words) {
    super(words[0]);
    this.words = words;
  }
}

/** The program, compiled while it arrives; says how much is left to come. */
async function download(url) {
  const stop = new AbortController();
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), STALLED);
  };
  alive();
  try {
    const answer = await fetch(url, { signal: stop.signal });
    const type = answer.headers.get("content-type") ?? "";
    if (answer.status === 404 || answer.status === 410) throw new Refused(WORDS.gone);
    if (!answer.ok) throw new TypeError(`status ${answer.status}`);
    if (type.startsWith("text/html")) throw new Refused(WORDS.portal);
    // From the service worker's cache there is nothing to wait for, and the browser keeps the compiled code of its own
    // responses only.
    const cached = navigator.serviceWorker?.controller && type.startsWith("application/wasm");
    if (cached || !answer.body || typeof TransformStream !== "function") {
      clearTimeout(timer);
      return await (cached ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer()));
    }
    // The length counts bytes on the line, the stream counts them unpacked: the share that has come is the same.
    const unpacked = Number(script.dataset.size) || 0;
    const onTheLine = Number(answer.headers.get("content-length")) || unpacked;
    let seen = 0;
    const counted = new TransformStream({
      transform(chunk, out) {
        alive();
        seen += chunk.byteLength;
        if (unpacked)
          progress.textContent = WORDS.left(Math.ceil((onTheLine * Math.max(0, 1 - seen / unpacked)) / 1000));
        out.enqueue(chunk);
      },
      flush(out) {
        progress.textContent = "";
        if (unpacked && seen !== unpacked) out.error(new TypeError("the program was cut short"));
      },
    });
    const program = new Response(answer.body.pipeThrough(counted), { headers: { "content-type": "application/wasm" } });
    return await WebAssembly.compileStreaming(program);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the same request may go better: a lost connection, a stall, a busy server. */
function mayPass(fault) {
  return fault instanceof TypeError || fault.name === "AbortError";
}

function explain(fault) {
  if (fault instanceof Refused) return fault.words;
  if (mayPass(fault)) return WORDS.network;
  if (
    fault instanceof SyntaxError ||
    fault instanceof WebAssembly.CompileError ||
    fault instanceof WebAssembly.LinkError
  ) {
    return WORDS.old;
  }
  return WORDS.broken;
}

/** Says what happened and what to do; the rest of the page stays. */
function fail([what, next]) {
  show();
  if (!line.isConnected) document.body.prepend(line); // it failed while it took the page over
  progress.textContent = "";
  form.hidden = false;
  early.submitted = false;
  say(what, next, WORDS.meanwhile);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = WORDS.tryAgain;
  button.addEventListener("click", reload);
  line.append(button);
}

/** Loads the page again, in a newer version where one is waiting: a version that cannot start could never hand over. */
async function reload() {
  try {
    const registration = await navigator.serviceWorker?.getRegistration();
    await Promise.race([registration?.update(), new Promise((done) => setTimeout(done, 5_000))]);
    const next = registration?.installing ?? registration?.waiting;
    if (next) {
      const changed = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
      const hand = () => next.state === "installed" && next.postMessage({ type: "take-over" });
      next.addEventListener("statechange", hand);
      hand();
      await Promise.race([changed, new Promise((done) => setTimeout(done, 10_000))]);
    }
  } catch (fault) {
    console.error(fault); // offline, say: a plain reload is still right
  }
  location.reload();
}
