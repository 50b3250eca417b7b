// What the app keeps in IndexedDB. Here rather than in Rust because a page has it in a sixth of the bytes; what it means is said
// where Rust asks for it (src/data: cache, vault, drafts, outbox).

import { decrypt, encode, encrypt, utf8 } from "./crypto.js";
import { Store, done, explain, rowsOf } from "./store.js";

const DAY = 86_400_000;
/** How long, and how many, acknowledged changes are kept in case the server loses them. */
const ARCHIVE_DAYS = 60;
const ARCHIVE_MAX = 200;

const CLIENT = "client";
const DEVICE = "device.";
const EPOCH = "device.epoch";
const DRAFT = "draft.";
const WAITING = "waiting.";
/** On a learner's own device: who is signed in, and a key where the server gives none. */
const OF_A_PERSON = ["device.who", "device.key"];
/** From versions that did not encrypt: what was fetched, and when the page was last touched. */
const OLD = ["snapshot", "touched"];
/** Days that what only others can read stays when nobody comes back for it. */
const OTHERS_DAYS = 60;

const today = () => Math.floor(Date.now() / DAY);
/** Whether a row that begins with its day was written so many days ago or longer. */
const isOlder = (text, days) => today() - parseInt(text) >= days;

/** A row of the outbox or the archive; undefined where this version cannot read it, and must leave it as it is. */
function parse(text) {
  try {
    const row = JSON.parse(text);
    return (row.envelope ?? row.sent).id && row;
  } catch {
    return undefined;
  }
}

/** Encrypted rows: the day, a full stop, the ciphertext. */
const lockText = async (key, row, json) => `${today()}.${await encrypt(key, row, json)}`;
const unlockText = (key, row, text) => decrypt(key, row, text.slice(text.indexOf(".") + 1)).catch(() => undefined);

/** The name of a draft's row: the same each time, and telling nothing without the key. */
async function draftRow(key, assignment) {
  const digest = await crypto.subtle.digest("SHA-256", utf8(`${key}.${assignment}`));
  return DRAFT + encode(new Uint8Array(digest).slice(0, 16));
}

/** Versions that did not encrypt had `draft.LEARNER.ASSIGNMENT`. */
const isSealedDraft = (row) => !row.includes(".", DRAFT.length);

/** What is kept. Arguments and answers are texts, lists of texts, numbers and yes or no. */
class Kept extends Store {
  gone = new Set();

  forget(...keys) {
    return this.inTurn(() => this.forgetWhere((key) => keys.includes(key)));
  }

  /** What is about a person goes, but for what waits and the drafts of others, which only their own keys open. */
  wipe(key) {
    return this.inTurn(async () => {
      const mine = [];
      for (const [row, text] of await this.rows(DRAFT))
        if (!isSealedDraft(row) || (await unlockText(key, row, text))) mine.push(row);
      const stays = (row) =>
        row === CLIENT ||
        (row.startsWith(DEVICE) && !OF_A_PERSON.includes(row)) ||
        row.startsWith(WAITING) ||
        (row.startsWith(DRAFT) && !mine.includes(row));
      await this.forgetWhere((row) => !stays(row));
    });
  }

  // Encrypted

  lock(key, row, json) {
    return this.inTurn(async () => this.put(row, await lockText(key, row, json)));
  }

  async unlock(key, row) {
    const text = await this.get(row);
    if (!text) return;
    const json = await unlockText(key, row, text);
    // It may be long to read: a slow phone answers its learner before that.
    await new Promise((go) => setTimeout(go));
    return json;
  }

  keepDraft(key, assignment, json) {
    return this.inTurn(async () => {
      const row = await draftRow(key, assignment);
      await this.put(row, await lockText(key, row, json));
    });
  }

  async dropDraft(key, assignment) {
    await this.forget(await draftRow(key, assignment));
  }

  /** Every draft that this key opens. Those of others stay, for some weeks. */
  async drafts(key) {
    const found = [];
    for (const [row, text] of await this.rows(DRAFT)) {
      const json = await unlockText(key, row, text);
      if (json) found.push(json);
      else if (isSealedDraft(row) && isOlder(text, OTHERS_DAYS)) await this.forget(row);
    }
    return found;
  }

  /** Encrypts a learner's drafts of versions that did not, and drops what else is plain. Without a key all of it goes. */
  async adopt(key, learner) {
    const old = (await this.rows(DRAFT)).filter(([row]) => !isSealedDraft(row));
    for (const [, text] of old) {
      let draft;
      try {
        draft = JSON.parse(text);
      } catch {
        continue;
      }
      if (!key || draft.learner !== learner) continue;
      // One that is there already was written later.
      if (!(await this.get(await draftRow(key, draft.assignment)))) await this.keepDraft(key, draft.assignment, text);
    }
    await this.forget(...old.map(([row]) => row), ...OLD);
  }

  /** A learner's key has changed: what the one before opens is written for the next. */
  async handOver(before, key) {
    for (const [row, text] of await this.rows(WAITING)) {
      const json = await unlockText(before, row, text);
      if (json) await this.lock(key, row, json);
    }
    for (const [row, text] of await this.rows(DRAFT)) {
      const json = await unlockText(before, row, text);
      if (!json) continue;
      await this.keepDraft(key, JSON.parse(json).assignment, json);
      await this.forget(row);
    }
  }

  /** Whether the service worker has the late part of the program. */
  async hasLatePart() {
    const { late } = document.querySelector("script[data-late]").dataset;
    return !!(await self.caches?.match(late, { ignoreSearch: true }));
  }

  // What is signed

  /** Texts: an id and its row, for each of the outbox. */
  async outbox() {
    return this.database ? (await this.read(({ outbox }) => rowsOf(outbox))).flat() : [];
  }

  /** The ids of the outbox, and the names of the summaries' rows. */
  async waiting() {
    if (!this.database) return [];
    const [ids, told] = await Promise.all([this.ids(), this.rows(WAITING)]);
    return [...ids, ...told.map(([row]) => row)];
  }

  /** The summaries that this key opens, but for those of what has left the outbox and is `received`. */
  async summaries(key, ...received) {
    if (!this.database) return [];
    const [waiting, ids] = await this.read(({ kept, outbox }) =>
      Promise.all([rowsOf(kept, WAITING), done(outbox.getAllKeys())]),
    );
    const found = [];
    for (const [row, text] of waiting) {
      const id = row.slice(WAITING.length);
      const json = (ids.includes(id) || !received.includes(id)) && (await unlockText(key, row, text));
      if (json) found.push(json);
    }
    return found;
  }

  /** `key`: the learner's, or empty; `assignment`: whose draft goes, or empty; `summary`: JSON, or empty. */
  keep(id, row, seen, next, key, assignment, summary) {
    return this.inTurn(async () => {
      const draft = key && assignment && (await draftRow(key, assignment));
      const name = WAITING + id;
      const text = summary && (await lockText(key, name, summary));
      return this.change(async ({ kept, outbox }) => {
        if (((await done(kept.get(CLIENT))) ?? "") !== seen) return false;
        outbox.put(row, id);
        kept.put(next, CLIENT);
        if (text) kept.put(text, name);
        if (draft) kept.delete(draft);
        return true;
      });
    });
  }

  /** What an acknowledgement is about, if both the id and the fingerprint are those of what waits. */
  acknowledge(id, sha256) {
    return this.change(async ({ kept, outbox, archive }) => {
      const row = parse(await done(outbox.get(id)));
      if (row?.sha256 !== sha256) return false;
      outbox.delete(id);
      if (row.envelope) {
        const epoch = await done(kept.get(EPOCH));
        row.acknowledged_at = new Date().toISOString();
        row.epoch = epoch && JSON.parse(epoch);
        delete row.attention;
        archive.put(JSON.stringify(row), id);
        await clearOld(archive);
      }
      return true;
    });
  }

  /** `problem`: JSON, or empty. */
  mark(id, problem) {
    return this.change(async ({ outbox }) => {
      const row = parse(await done(outbox.get(id)));
      if (!row) return false;
      row.attention = problem ? JSON.parse(problem) : undefined;
      outbox.put(JSON.stringify(row), id);
      return true;
    });
  }

  /** Like `mark`; what concerns its learner alone is kept with the summary, if `key` opens that. */
  async refuse(key, id, problem) {
    const name = WAITING + id;
    const text = key && (await this.unlock(key, name));
    if (!text) return this.mark(id, problem);
    const known = JSON.parse(problem);
    await this.lock(key, name, JSON.stringify({ ...JSON.parse(text), problem: known }));
    return this.mark(id, JSON.stringify({ ...known, detail: undefined, fields: undefined }));
  }

  async retry(kind) {
    if (!this.database) return;
    await this.change(async ({ outbox }) => {
      for (const [id, text] of await rowsOf(outbox)) {
        const row = parse(text);
        if (row?.attention?.type !== kind) continue;
        delete row.attention;
        outbox.put(JSON.stringify(row), id);
      }
    });
  }

  async epochIs(epoch, lost) {
    const known = await this.get(EPOCH);
    const now = JSON.stringify(epoch);
    if (!this.database || (known === now && !lost)) return 0;
    return this.change(async ({ kept, outbox, archive }) => {
      let count = 0;
      for (const [id, text] of await rowsOf(archive)) {
        const row = parse(text);
        if (!row || (row.epoch === epoch && !lost)) continue;
        delete row.acknowledged_at;
        outbox.put(JSON.stringify(row), id);
        archive.delete(id);
        count++;
      }
      kept.put(now, EPOCH);
      return count;
    });
  }

  async tidy(...received) {
    if (!this.database) return;
    await this.change(async ({ kept, outbox, archive }) => {
      const here = [...(await done(outbox.getAllKeys())), ...(await done(archive.getAllKeys()))];
      for (const [row, text] of await rowsOf(kept, WAITING)) {
        const id = row.slice(WAITING.length);
        if (!here.includes(id) && (received.includes(id) || isOlder(text, OTHERS_DAYS))) kept.delete(row);
      }
    });
  }

  /** Of the numbers that the server has never seen, now or before: those of changes that are not here either. */
  async lost(...numbers) {
    if (!this.database) return [];
    const rows = await this.read(async ({ outbox, archive }) => [
      ...(await rowsOf(outbox)),
      ...(await rowsOf(archive)),
    ]);
    const here = rows.map(([, text]) => String(parse(text)?.seq));
    for (const number of numbers) if (!here.includes(number)) this.gone.add(number);
    return [...this.gone];
  }
}

/** Deletes from the archive what is old, and the oldest of what is too much. What a later version wrote stays. */
async function clearOld(archive) {
  const rows = (await rowsOf(archive))
    .map(([id, text]) => ({ id, at: parse(text)?.acknowledged_at }))
    .filter((row) => row.at);
  rows.sort((a, b) => (a.at < b.at ? 1 : -1));
  const oldest = new Date(Date.now() - ARCHIVE_DAYS * DAY).toISOString();
  rows.forEach(({ id, at }, n) => {
    if (n >= ARCHIVE_MAX || at < oldest) archive.delete(id);
  });
}

export const openKept = (inMemory) => Kept.open(inMemory);

export async function askKept(kept, operation, args) {
  try {
    return await kept[operation](...args);
  } catch (fault) {
    throw typeof fault === "string" ? fault : explain(fault);
  }
}
