// One HTTP request and its whole answer: patient with a slow line, not with a dead one.

import { deflate, utf8 } from "./crypto.js";
import { sends } from "./meter.js";

/** Bytes a millisecond that a request's body goes up at least: two fifths of what 2G carries. */
const SLOWEST = 10;
/** Milliseconds before a further try, the first time; then twice that, and so on. */
const PAUSE = 1_000;

/** In an envelope that was made for a server that inflates, which does so with a whole body too. */
const DEFLATED = '"deflated":true';

/** Status, content type, ETag and body, as texts. `patience`: milliseconds without a byte until it is given up; `tries`: how often it is
 * asked for until then. */
export async function exchange(method, address, body, known, patience, tries) {
  // The configuration, where boot.js has it.
  const settings = address.endsWith("config.json") && (await window.portalEarly?.settings);
  if (settings) return ["200", "application/json", "", settings];
  const deflated = body.includes(DEFLATED) ? await deflate(body, "deflate") : undefined;
  const bytes = deflated ?? utf8(body);
  for (let tried = 1; ; tried++) {
    try {
      return await once(method, address, bytes, deflated && "deflate", known, patience);
    } catch (fault) {
      if (tried >= tries) throw fault;
      await new Promise((after) => setTimeout(after, PAUSE * 2 ** (tried - 1) * (0.5 + Math.random())));
    }
  }
}

async function once(method, address, body, encoding, known, patience) {
  // No `accept`: the API has one form for everything.
  const headers = {};
  if (body.length) headers["content-type"] = "application/json";
  if (encoding) headers["content-encoding"] = encoding;
  if (known) headers["if-none-match"] = known;
  const stop = new AbortController();
  let timer;
  const alive = (bytes = 0) => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), patience + bytes / SLOWEST);
  };
  alive(body.length);
  try {
    sends(body.length);
    // With the session's cookie, also to another origin. The API's answers are personal: none may stay in the browser's own cache. The
    // configuration is nobody's, and the service worker takes it from there.
    const cache = address.includes("/api/") ? "no-store" : "no-cache";
    const options = { method, headers, body: body.length ? body : undefined, cache, credentials: "include" };
    const answer = await fetch(address, { ...options, signal: stop.signal });
    const reader = answer.body?.getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      alive();
      const piece = await reader?.read();
      if (!piece?.value) break;
      text += decoder.decode(piece.value, { stream: true });
    }
    const header = (name) => answer.headers.get(name) ?? "";
    return [String(answer.status), header("content-type"), header("etag"), text + decoder.decode()];
  } finally {
    clearTimeout(timer);
  }
}
