// What the app asks of WebCrypto and Web Locks. Here rather than in Rust because a page has it in a sixth of the bytes; what it
// means is said where Rust calls it (crypto.rs, locks.rs).
// Keys and ciphertexts are base64url without padding; texts are encoded in UTF-8. Each function is rejected where the browser
// does no cryptography (a page without https) and where a ciphertext, key or name is not the right one.

const encoder = new TextEncoder();
export const utf8 = (text) => encoder.encode(text);

function join(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return all;
}

export function encode(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

function decode(text) {
  const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

// --- HPKE (RFC 9180), base mode, one message: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM -------------------------

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const HPKE = utf8("HPKE-v1");
const KEM = join(utf8("KEM"), Uint8Array.of(0, 0x10));
const SUITE = join(utf8("HPKE"), Uint8Array.of(0, 0x10, 0, 1, 0, 1));
const EMPTY = new Uint8Array(0);
// An empty salt: HMAC fills keys up with zeros, and browsers refuse a key without bytes.
const NO_SALT = new Uint8Array(32);

async function hmac(key, message) {
  const raw = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return crypto.subtle.sign("HMAC", raw, message);
}

const extract = (suite, salt, label, material) => hmac(salt, join(HPKE, suite, utf8(label), material));

/** At most 32 bytes: the first block of HKDF's expansion. */
async function expand(suite, key, label, info, length) {
  const message = join(Uint8Array.of(0, length), HPKE, suite, utf8(label), info, Uint8Array.of(1));
  return (await hmac(key, message)).slice(0, length);
}

/** A text in fewer bytes (RFC 1951, or 1950 as "deflate"); undefined where the browser does not do it. */
export async function deflate(text, format = "deflate-raw") {
  try {
    const deflating = new Blob([text]).stream().pipeThrough(new CompressionStream(format));
    return new Uint8Array(await new Response(deflating).arrayBuffer());
  } catch {
    // An older one.
  }
}

/** Seals a text, or bytes, for the holder of a key. The encapsulated key, a full stop, the ciphertext. `pair` is for tests alone. */
export async function seal(publicKey, info, about, text, pair) {
  const { subtle } = crypto;
  const recipient = decode(publicKey);
  const theirs = await subtle.importKey("raw", recipient, CURVE, false, []);
  const ours = pair ?? (await subtle.generateKey(CURVE, false, ["deriveBits"]));
  const enc = new Uint8Array(await subtle.exportKey("raw", ours.publicKey));
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const material = await extract(KEM, NO_SALT, "eae_prk", new Uint8Array(shared));
  const secretOfKem = await expand(KEM, material, "shared_secret", join(enc, recipient), 32);
  const context = join(
    Uint8Array.of(0),
    await extract(SUITE, NO_SALT, "psk_id_hash", EMPTY),
    await extract(SUITE, NO_SALT, "info_hash", utf8(info)),
  );
  const secret = await extract(SUITE, secretOfKem, "secret", EMPTY);
  const key = await expand(SUITE, secret, "key", context, 16);
  const iv = await expand(SUITE, secret, "base_nonce", context, 12);
  const aes = await subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const sealed = await subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: utf8(about) },
    aes,
    text.buffer ?? utf8(text),
  );
  return `${encode(enc)}.${encode(new Uint8Array(sealed))}`;
}

// --- What is kept on this device: AES-256-GCM, a random nonce in front ----------------------------------------------------

const aes = (key, use) => crypto.subtle.importKey("raw", decode(key), "AES-GCM", false, [use]);

export async function encrypt(key, about, text) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: utf8(about) };
  return encode(join(iv, await crypto.subtle.encrypt(how, await aes(key, "encrypt"), utf8(text))));
}

export async function decrypt(key, about, ciphertext) {
  const bytes = decode(ciphertext);
  const how = { name: "AES-GCM", iv: bytes.slice(0, 12), additionalData: utf8(about) };
  const text = await crypto.subtle.decrypt(how, await aes(key, "decrypt"), bytes.slice(12));
  return new TextDecoder().decode(text);
}

export function randomKey() {
  return encode(crypto.getRandomValues(new Uint8Array(32)));
}

// --- Over a reload: in the service worker's memory, never on a disk --------------------------------------------------------

// A page that the worker did not serve yet has no controller, but may be loaded again from it.
let active;
navigator.serviceWorker?.ready.then((registration) => (active = registration.active));

export function entrust(name, secret) {
  (navigator.serviceWorker?.controller ?? active)?.postMessage({ type: "hold", name, secret });
}

/** What was entrusted under a name, once; undefined where the worker no longer has it. */
export function reclaim(name) {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data);
    const worker = navigator.serviceWorker?.controller;
    if (worker) worker.postMessage({ type: "claim", name }, [port2]);
    setTimeout(done, worker ? 1_000 : 0);
  });
}

// --- Web Locks ------------------------------------------------------------------------------------------------------------

/** A function that lets the lock go; null if it is another's; undefined where the browser has no locks. */
export function hold(name, mode) {
  return new Promise((done) => {
    const held = (lock) => (lock ? new Promise((release) => done(release)) : done(null));
    const asked = navigator.locks?.request(name, { mode, ifAvailable: true }, held);
    if (asked) asked.catch(() => done());
    else done();
  });
}

/** Whether any page of this browser holds a lock; undefined where the browser cannot tell. */
export async function isHeld(name) {
  const { held } = (await navigator.locks?.query()) ?? {};
  return held?.some((lock) => lock.name === name);
}
