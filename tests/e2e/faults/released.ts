import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A device as version 0.1.0 left it: what IndexedDB and localStorage had, text by text. */
export type Released = {
  version: number;
  stores: { kept: Record<string, string>; outbox: Record<string, string> };
  localStorage: Record<string, string>;
};

/** L1001's own device, with a declaration that was not sent yet and one that was begun. Never changed: such devices exist. */
export const released = JSON.parse(readFileSync(join(import.meta.dirname, "released-0.1.0.json"), "utf8")) as Released;

/** What waited in it. */
export const waited = Object.values(released.stores.outbox).map(
  (text) => JSON.parse(text) as { learner: string; sent: { id: string; change: string } },
)[0];

/** Makes this browser such a device, on a page of the portal's that is not the app. */
export async function putBack(page: Page): Promise<void> {
  await page.goto("/robots.txt");
  await page.evaluate(async ({ version, stores, localStorage: local }) => {
    for (const [key, text] of Object.entries(local)) localStorage.setItem(key, text);
    const opening = indexedDB.open("portal", version);
    opening.onupgradeneeded = () => {
      for (const store of Object.keys(stores)) opening.result.createObjectStore(store);
    };
    await new Promise<void>((done, failed) => {
      opening.onsuccess = () => {
        const writing = opening.result.transaction(Object.keys(stores), "readwrite");
        for (const [store, rows] of Object.entries(stores))
          for (const [key, text] of Object.entries(rows)) writing.objectStore(store).put(text, key);
        writing.oncomplete = () => done(opening.result.close());
        writing.onabort = () => failed(writing.error);
      };
      opening.onerror = () => failed(opening.error);
    });
  }, released);
}
