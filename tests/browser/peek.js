// What is in the database, behind the app's back.

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function within(job) {
  const database = await done(indexedDB.open("portal"));
  const stores = [...database.objectStoreNames];
  const transaction = database.transaction(stores, "readwrite");
  const end = new Promise((resolve) => (transaction.oncomplete = resolve));
  const answer = await job(transaction, stores);
  await end;
  database.close();
  return answer;
}

/** A store, a key and a text each. */
export function everything() {
  return within(async (transaction, stores) => {
    const rows = [];
    for (const store of stores) {
      const objects = transaction.objectStore(store);
      const [keys, texts] = await Promise.all([done(objects.getAllKeys()), done(objects.getAll())]);
      keys.forEach((key, n) => rows.push(store, key, texts[n]));
    }
    return rows;
  });
}

export const put = (store, key, text) => within((transaction) => done(transaction.objectStore(store).put(text, key)));
export const remove = (store, key) => within((transaction) => done(transaction.objectStore(store).delete(key)));
export const clear = (store) => within((transaction) => done(transaction.objectStore(store).clear()));

/** Leaves the database as a later version of the app would: with another store, and a higher number. */
export async function upgrade() {
  const request = indexedDB.open("portal", 1_000);
  request.onupgradeneeded = () => request.result.createObjectStore("of-a-later-version");
  (await done(request)).close();
}
