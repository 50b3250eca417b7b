// What the portal takes of the learner's data on this device, both ways: a number a month, and nothing of whose it was. The browser
// tells the size of each answer, so that counting asks nothing of the network. What comes out of a cache costs nothing.
// The service worker's own requests are counted in public/sw.js, into the same rows.

import { done, rowsOf } from "./store.js";
import { zoneWall } from "./zone.js";

/** The rows: this and the month, such as `device.data.2026-11`. */
const ROW = "device.data.";
/** Bytes of a request and its answer around their bodies: 430 up and 330 down, the mean over a first visit with Chromium and this
 * server by HTTP/1.1 (tests/e2e/fixtures/gate.ts counts them; tests/e2e/meter.spec.ts holds the sum). TLS is not in it. */
const AROUND = 760;
/** What browsers say for an answer's headers, however long they are (Resource Timing, `transferSize`). */
const ASSUMED = 300;

let sent = 0;

/** A request's body is on its way. */
export function sends(bytes) {
  sent += bytes;
}

/** Counts, for as long as the page lives, what it has brought and brings. The months are those of `zone`. */
export function countData(kept, zone) {
  if (!kept.database) return;
  // Each time the worker brings the app the browser asks, unseen by both, whether that script is the newest: where anything comes at all.
  let unseen = navigator.serviceWorker?.controller ? AROUND : 0;
  const observer = new PerformanceObserver((list) => {
    let bytes = sent;
    sent = 0;
    for (const { transferSize } of list.getEntries()) {
      if (!transferSize) continue;
      bytes += transferSize - ASSUMED + AROUND + unseen;
      unseen = 0;
    }
    if (bytes) add(kept, zone, bytes).catch(() => {}); // a device that is full: the portal goes on
  });
  for (const type of ["navigation", "resource"]) observer.observe({ type, buffered: true });
}

/** In one transaction, so that two tabs do not count over each other. The month before stays; others go, such as those of
 * a clock that was wrong. */
function add(kept, zone, bytes) {
  const row = ROW + new Date(zoneWall(zone, Date.now())).toISOString().slice(0, 7);
  return kept.change(async ({ kept: store }) => {
    const rows = await rowsOf(store, ROW);
    const known = rows.find(([key]) => key === row)?.[1] ?? 0;
    await done(store.put(String(Number(known) + bytes), row));
    const before = rows.filter(([key]) => key < row).pop()?.[0];
    for (const [key] of rows) if (key !== row && key !== before) store.delete(key);
  }, "relaxed");
}
