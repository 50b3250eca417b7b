// What the promises rest on in an engine; firefox.spec.ts and webkit.spec.ts have what an engine does not give.
import { at } from "../e2e/fixtures/app.ts";
import { expect, test } from "./fixtures/test.ts";

test("the engine has what the promises rest on: a worker, locks between tabs, writes that wait for the disk, keys", async ({
  app,
}) => {
  await app.open();
  await app.firstPartKept();
  const found = await app.browser.run(async () => {
    const worker = await navigator.serviceWorker.ready;
    const lock = await navigator.locks.request("probe", { ifAvailable: true }, (lock) => lock !== null);
    const durability = await new Promise((done, failed) => {
      const opening = indexedDB.open("probe", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("probe");
      opening.onsuccess = () =>
        done(opening.result.transaction("probe", "readwrite", { durability: "strict" }).durability);
      opening.onerror = () => failed(opening.error);
    });
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const pair = await crypto.subtle.generateKey(curve, true, ["deriveBits"]);
    const raw = await crypto.subtle.exportKey("raw", pair.publicKey);
    const theirs = await crypto.subtle.importKey("raw", raw, curve, false, []);
    const bits = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256);
    const key = await crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["encrypt"]);
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12) }, key, new Uint8Array(1));
    return { worker: worker.active?.state, lock, durability, sealed: sealed.byteLength };
  });
  expect(found).toEqual({ worker: "activated", lock: true, durability: "strict", sealed: 17 });
});

test("'This device' says what the engine promises: what says 'saved' is saved, and one tab of several sends", async ({
  app,
}) => {
  await app.open();
  await app.signIn("L1002", "shared");
  await app.go(at.device);
  await app.heading("This device");
  await app.shows("What says “saved” is saved.");
  await app.shows("One of them sends. The others wait.");
});
