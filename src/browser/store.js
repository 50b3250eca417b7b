// The browser's database, and what stands in for it where there is none: text by key. kept.js says what is kept.

const NAME = "portal";
/** Raised for each store that is added. No step may do anything but add: an older version of the app goes on with what it knows. */
const VERSION = 2;
/** Kept: what was fetched, drafts, choices. Outbox: what waits to be sent. Archive: what the server has acknowledged. */
const STORES = ["kept", "outbox", "archive"];
/** Milliseconds: some versions of WebKit never answer, and the app must still open. */
const PATIENCE = 8_000;
/** Milliseconds for which what was read ahead is taken for what is there: as long as an app takes to open. */
const AHEAD = 500;
/** So many more where this page has made the database: the program still waits for its settings then. */
const NEW = 2_000;

/** Begun before anybody asks: a slow phone waits for the program meanwhile. By boot.js, which has read it too. */
let opening = open(window.portalEarly?.kept);
opening.catch(() => {});

/** What an IndexedDB request gives. */
export function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function openDatabase(begun) {
  const early = (await begun)?.database;
  if (early?.version === VERSION) return early;
  early?.close();
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = ({ oldVersion }) => {
    request.result.isNew = !oldVersion;
    const there = request.result.objectStoreNames;
    for (const name of STORES) if (!there.contains(name)) request.result.createObjectStore(name);
  };
  return done(request).catch((fault) => {
    // A later version of the app has been here. It has only added to what this one knows.
    if (fault.name === "VersionError") return done(indexedDB.open(NAME));
    throw fault;
  });
}

async function connect(begun) {
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE));
  const database = await Promise.race([openDatabase(begun), late]);
  // A later version, in another tab, may take it over.
  database.onversionchange = () => database.close();
  return database;
}

/** `full`, `unavailable`, or the browser's own words. */
export function explain(fault) {
  const { name, message = "", inner } = fault ?? {};
  if (name === "QuotaExceededError") return "full";
  if (["SecurityError", "NotAllowedError", "VersionError"].includes(name)) return "unavailable";
  // Some browsers report a full disk as an abort or as unknown, with the true cause inside or in the text.
  if (/quota|disk/i.test(message) || (inner && explain(inner) === "full")) return "full";
  return `${name}: ${message}`;
}

/** The rows of a store that start so, by their keys. */
export async function rowsOf(store, start = "") {
  const range = IDBKeyRange.bound(start, `${start}\uffff`);
  const [keys, texts] = await Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))]);
  return keys.map((key, n) => [key, texts[n]]);
}

/** The database and, for a moment, all that it keeps: one question instead of the eight that an app asks while it opens. */
async function open(begun) {
  const opened = { database: await connect(begun) };
  const empty = opened.database.isNew && { rows: [[], [], []], at: performance.now() + NEW };
  const { rows, at } = empty || (await begun) || {};
  // Another tab may write meanwhile.
  const left = at + AHEAD - performance.now();
  if (left > 0) {
    const [keys, texts, ids] = rows;
    opened.ahead = { rows: new Map(keys.map((key, n) => [key, texts[n]])), ids };
    setTimeout(() => (opened.ahead = undefined), left);
  }
  return opened;
}

export class Store {
  /** @param opened what `open` gave; without it, it keeps until the page is closed. */
  constructor(opened = {}) {
    this.opened = opened;
    this.memory = new Map();
    this.turn = Promise.resolve();
  }

  /** Where the browser refuses to keep anything, it is kept until the page is closed. */
  static async open(inMemory) {
    if (inMemory) return new this();
    const mine = opening ?? open();
    opening = undefined;
    return new this(await mine.catch(() => {}));
  }

  get database() {
    return this.opened.database;
  }

  /** All of it happens, or nothing. `job` gets the stores by name, and asks nothing but of them. */
  async transaction(mode, durability, job) {
    if (!this.database) throw "unavailable";
    const begin = () => this.database.transaction(STORES, mode, { durability });
    let transaction;
    try {
      try {
        transaction = begin();
      } catch (fault) {
        // Closed by the browser, as WebKit does at times, and all do when the learner clears the portal's data.
        if (fault.name !== "InvalidStateError") throw fault;
        this.opened = { database: await connect() };
        transaction = begin();
      }
      const end = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      end.catch(() => {});
      const answer = await job(Object.fromEntries(STORES.map((name) => [name, transaction.objectStore(name)])));
      if (mode !== "readonly") await end;
      return answer;
    } catch (fault) {
      try {
        transaction?.abort();
      } catch {
        // It is over.
      }
      throw explain(fault);
    }
  }

  read(job) {
    return this.transaction("readonly", "default", job);
  }

  /** Over when the disk has it; with `relaxed`, when the operating system has. */
  change(job, durability = "strict") {
    this.opened.ahead = undefined;
    return this.transaction("readwrite", durability, job);
  }

  /** After what was asked for before: encrypting takes a moment, and a save must not end up on top of a later one. */
  inTurn(job) {
    const mine = this.turn.then(job);
    this.turn = mine.catch(() => {});
    return mine;
  }

  /** Where there is no need to ask the disk. */
  get known() {
    return this.database ? this.opened.ahead?.rows : this.memory;
  }

  async get(key) {
    return this.known ? this.known.get(key) : this.read(({ kept }) => done(kept.get(key)));
  }

  async put(key, text) {
    if (this.database) await this.change(({ kept }) => kept.put(text, key) && undefined, "relaxed");
    else this.memory.set(key, text);
  }

  async rows(start) {
    if (!this.known) return this.read(({ kept }) => rowsOf(kept, start));
    return [...this.known].filter(([key]) => key.startsWith(start));
  }

  /** The ids of the outbox. */
  async ids() {
    if (!this.database) return [];
    return this.opened.ahead?.ids ?? this.read(({ outbox }) => done(outbox.getAllKeys()));
  }

  async forgetWhere(forgotten) {
    if (!this.database) for (const key of [...this.memory.keys()].filter(forgotten)) this.memory.delete(key);
    else
      await this.change(async ({ kept }) => {
        for (const key of (await done(kept.getAllKeys())).filter(forgotten)) kept.delete(key);
      });
  }
}

/** Whether it is still there when the page is opened again. */
export const isDurable = (store) => store.database !== undefined;
