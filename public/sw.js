// The service worker: keeps the app on the device, so that it opens without a network, in the version that is here.
// It never keeps or sees what a learner wrote: /api and other origins pass by it.
//
// scripts/post-build.mjs fills in the two constants. A file is { url, type, hash, late }: its address beside this one, the start of
// its content type, the first 16 hexadecimal digits of its SHA-256, and whether it is kept only once the page says so.

const VERSION = "__VERSION__";
const FILES = [];

const SCOPE = new URL(self.registration.scope);
const SHELL = `portal-shell-${VERSION}`;
const SETTINGS = "portal-settings";
const STALLED = 10_000; // milliseconds without a byte until a request is given up
const PAUSES = [1_000, 4_000]; // milliseconds before each further try
const PAGE = "index.html";
const CONFIG = "config.json";
const NAMED = /-[0-9a-f]{16}\./; // by its contents

const byPath = new Map(FILES.map((file) => [new URL(file.url, SCOPE).pathname, file]));

// --- Coming in, taking over, clearing up ---------------------------------------------------------------------------------

self.addEventListener("install", (event) => {
  count(OWN);
  event.addRoutes?.(routes()).catch(() => {}); // no such routes here: then this worker answers
  event.waitUntil(install());
});
self.addEventListener("activate", (event) => event.waitUntil(dropOldShells()));
self.addEventListener("message", (event) => {
  // Only the page knows whether a form is unfinished, so only the page says when.
  if (event.data?.type === "take-over") self.skipWaiting();
  if (event.data?.type === "renew-settings") event.waitUntil(refreshConfig().catch(() => {})); // offline: what is kept stays
  if (event.data?.type === "keep-late") event.waitUntil(keepLate());
  if (event.data?.type === "hold") hold(event.data);
  if (event.data?.type === "claim") claim(event.data.name, event.ports[0]);
});

/** What Chromium takes out of the cache by itself, without waking this worker: what the page begins with. */
function routes() {
  const first = FILES.filter((file) => !file.late).map((file) => ({
    condition: { urlPattern: { pathname: new URL(key(file)).pathname, search: "" } },
    source: { cacheName: SHELL },
  }));
  // Else it asks the network for a page too, each time it has to wake this worker.
  return [...first, { condition: { requestMode: "navigate" }, source: "fetch-event" }];
}

// A page's secret on its way over a reload: in memory alone, handed back once, and only for a minute.
const held = new Map();

function hold({ name, secret }) {
  held.set(name, secret);
  setTimeout(() => held.delete(name), 60_000);
}

function claim(name, port) {
  port.postMessage(held.get(name));
  held.delete(name);
}

/** Fills this version's cache. If any file is missing or wrong it all fails, and the version before stays in use. */
async function install() {
  const shell = await caches.open(SHELL);
  try {
    // What an older version kept of the late part is relied on offline, so the new version has it from the start.
    const [late, first] = [await lateWasKept(), (await olderShells()).length === 0];
    await Promise.all(FILES.filter((file) => late || !file.late).map((file) => keep(shell, file, first)));
    if (!(await keptConfig())) await refreshConfig("force-cache");
  } catch (fault) {
    await caches.delete(SHELL);
    throw fault;
  }
}

/** The first version takes the page from what the browser has just loaded, if it is of this version. */
async function keep(shell, file, first = false) {
  const fromPage = first && file.url === PAGE ? fetchFile(file, "force-cache").catch(() => undefined) : undefined;
  await shell.put(key(file), (await keptBefore(file)) ?? (await fromPage) ?? (await fetchFile(file)));
}

/** The late files of this version. Where one does not come, it is asked for again when the app is opened again. */
async function keepLate() {
  const shell = await caches.open(SHELL);
  await Promise.all(
    FILES.filter((file) => file.late).map(async (file) => (await shell.match(key(file))) ?? keep(shell, file)),
  );
}

/** Whether an older version keeps its late part here. */
async function lateWasKept() {
  for (const name of await olderShells()) {
    const kept = await (await caches.open(name)).keys();
    if (kept.some(({ url }) => url.includes("_late-"))) return true;
  }
  return false;
}

async function olderShells() {
  return (await caches.keys()).filter((name) => name.startsWith("portal-shell-") && name !== SHELL);
}

/** The same contents in an older version's cache: only what changed is fetched. The page is small and carries the security
 * headers, which may have changed without it, so it always is. */
async function keptBefore(file) {
  if (file.url === PAGE) return undefined;
  for (const name of await olderShells()) {
    const answer = await (await caches.open(name)).match(key(file));
    if (answer) return answer;
  }
}

async function dropOldShells() {
  await Promise.all((await olderShells()).map((name) => caches.delete(name)));
}

/** What a file is kept under: the address that it is asked for by, and its contents where that does not tell them. */
function key({ url, hash }) {
  if (url === PAGE) return SCOPE.href;
  return new URL(NAMED.test(url) ? url : `${url}?${hash}`, SCOPE).href;
}

/** A file from the network, if it is the very file of this version. */
async function fetchFile(file, cache = NAMED.test(file.url) ? "default" : "no-cache") {
  // What is named by its contents may be the browser's own copy, from the page that has just been loaded.
  // The page by the address that the browser has just loaded it from, so that an unchanged one is not sent again.
  const address = file.url === PAGE ? SCOPE : new URL(file.url, SCOPE);
  const [answer, body] = await genuine(address, cache, file.type);
  // A host may add to the page (a notice, say); it is ours if it names this version's files. All else must be exact.
  let page;
  if (file.url === PAGE) {
    page = new TextDecoder().decode(body);
    const missing = FILES.find((other) => NAMED.test(other.url) && !page.includes(other.url));
    if (missing) throw new Error(`${PAGE} is of another version: it does not name ${missing.url}`);
    // From here boot.js is there at once. Whoever is signed in need not see the sign-in form drawn before it takes that away.
    page = page.replace('<script type="module"', '$& blocking="render"').replace('id="app"', "$& hidden");
  } else if ((await hash(body)) !== file.hash) {
    throw new Error(`${file.url} is not what this version was built with`);
  }
  const headers = new Headers(answer.headers); // the Content-Security-Policy among them
  for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
  return new Response(page ?? body, { headers });
}

/** A real answer and its body: not an error, not a redirect, not the sign-in page of the network in between. */
async function genuine(address, cache, type) {
  const [answer, body] = await patiently(address, { cache, credentials: "same-origin", referrerPolicy: "no-referrer" });
  const seen = answer.headers.get("content-type") ?? "";
  if (!answer.ok || answer.redirected || answer.type !== "basic")
    throw new Error(`${answer.url}: status ${answer.status}`);
  if (seen.startsWith("text/html") && type !== "text/html")
    throw new Error(`${answer.url}: a web page instead of ${type}`);
  return [answer, body];
}

/** An answer and its whole body. Where the line goes dead it is asked for again; where it is slow, it is waited for. */
async function patiently(address, options) {
  for (let tries = 0; ; tries++) {
    const stop = new AbortController();
    let timer;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), STALLED);
    };
    alive();
    try {
      const answer = await fetch(address, { ...options, signal: stop.signal });
      const watched = new TransformStream({ transform: (piece, out) => (alive(), out.enqueue(piece)) });
      return [answer, await new Response(answer.body?.pipeThrough(watched)).arrayBuffer()];
    } catch (fault) {
      if (!stop.signal.aborted || tries === PAUSES.length) throw fault;
      await new Promise((done) => setTimeout(done, PAUSES[tries] * (0.75 + Math.random() / 2)));
    } finally {
      clearTimeout(timer);
    }
  }
}

async function hash(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// --- Answering -----------------------------------------------------------------------------------------------------------

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== SCOPE.origin || !url.pathname.startsWith(SCOPE.pathname)) return;
  const path = url.pathname.slice(SCOPE.pathname.length);
  if (path.startsWith("api/")) return;
  // The app has one page; any other navigation (the API's documents, say) is not its own.
  const file = path === "" ? byPath.get(SCOPE.pathname + PAGE) : byPath.get(url.pathname);
  if (file) return event.respondWith(cacheFirst(file, event.request));
  if (event.request.mode !== "navigate") event.respondWith(network(event.request));
});

async function cacheFirst(file, request) {
  const shell = await caches.open(SHELL);
  return (await shell.match(key(file))) ?? network(request);
}

async function network(request) {
  try {
    return await fetch(request);
  } catch {
    // A page of the version before may still ask for its own files.
    const old = await caches.match(request, { ignoreSearch: true });
    return (
      old ??
      new Response("This needs a network, and there is none.", {
        status: 503,
        headers: { "content-type": "text/plain" },
      })
    );
  }
}

async function keptConfig() {
  return (await caches.open(SETTINGS)).match(new URL(CONFIG, SCOPE));
}

async function refreshConfig(cache = "no-cache") {
  const address = new URL(CONFIG, SCOPE);
  const [, body] = await genuine(address, cache, "application/json");
  JSON.parse(new TextDecoder().decode(body)); // a broken file never replaces a good one
  await (
    await caches.open(SETTINGS)
  ).put(address, new Response(body, { headers: { "content-type": "application/json" } }));
}

// --- Counting what this worker fetches -----------------------------------------------------------------------------------
// Into the rows of src/browser/meter.js, which says what stands in them and where the figures come from.

const AROUND = 760;
const ASSUMED = 300;
/** Bytes of this script and its answer on the line: the browser fetches it unseen by it. */
const OWN = 3_100;

try {
  new PerformanceObserver((list) => {
    let bytes = 0;
    for (const { transferSize } of list.getEntries()) if (transferSize) bytes += transferSize - ASSUMED + AROUND;
    if (bytes) count(bytes);
  }).observe({ type: "resource", buffered: true });
} catch {
  // A browser that does not tell: then what pages fetch is counted alone.
}

async function count(bytes) {
  const zone = await keptConfig().then(
    async (config) => (await config?.json())?.timeZone,
    () => undefined,
  );
  const month = { timeZone: zone ?? "Europe/London", year: "numeric", month: "2-digit" };
  const row = `device.data.${new Date().toLocaleDateString("sv", month)}`;
  const request = indexedDB.open("portal");
  request.onupgradeneeded = () => request.transaction.abort(); // pages make it; where they keep nothing, nor does this
  request.onerror = (event) => event.preventDefault();
  request.onsuccess = () => {
    const database = request.result;
    const kept = database.transaction("kept", "readwrite").objectStore("kept");
    const known = kept.get(row);
    known.onsuccess = () => kept.put(String(Number(known.result ?? 0) + bytes), row);
    database.close(); // once that is done
  };
}
