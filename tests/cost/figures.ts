import type { Line } from "./lines.ts";
import type { Asked, Kind } from "./meter.ts";

/** What one visit cost. Bytes are of answers, headers included, as the browser counts them. */
export type Visit = {
  line: string;
  visit: "before sign-in" | "cold" | "again" | "offline";
  /** Requests that went over the line. */
  requests: number;
  bytes: number;
  /** The bytes by what they are for. */
  kinds: Record<string, number>;
  paintMs: number;
  usefulMs: number;
  /** What had to come before the page was of use, and how fast the line alone could have brought it. */
  needed: { requests: number; bytes: number; roundTrips: number; limitMs: number };
  /** What came afterwards, or by the service worker: the learner waits for none of it. */
  background: number;
  /** The same visit as the server saw it: what left it, and what it was asked, in bytes. The browser's own questions (is there a
   * newer version of the worker?) are among them, which its count leaves out. */
  server: { requests: number; bytes: number; asked: number };
};

/** What only shows the app among other apps: no page waits for it. */
export const ornaments: Kind[] = ["image", "other"];

/** How fast a visit can be on a line: a machine that needs no time at all would still wait for
 *
 *     round trips x round-trip time + bytes / bandwidth
 *
 * Bytes are those of every answer that came before the page was of use. Round trips are the longest chain of requests of which each
 * began when the one before had been answered: page, scripts, settings, signing in, data. Requests side by side are one. */
export function limit(needed: Asked[], line: Line): { roundTrips: number; limitMs: number } {
  let roundTrips = 0;
  let ended = -Infinity;
  for (const request of [...needed].sort((a, b) => (a.ended ?? 0) - (b.ended ?? 0))) {
    if (request.began < ended) continue;
    roundTrips++;
    ended = request.ended ?? Infinity;
  }
  const bytes = needed.reduce((total, { bytes }) => total + bytes, 0);
  const onTheLine = line.down === undefined ? 0 : (bytes * 8_000) / line.down;
  return { roundTrips, limitMs: Math.round(roundTrips * line.roundTrip + onTheLine) };
}

/** Of every number the median over the runs; the runs are of one case. */
export function median<T>(runs: T[]): T {
  if (runs.length === 0) throw new Error("There is no run to take the median of.");
  const [first] = runs;
  if (typeof first === "number") {
    const sorted = (runs as number[]).toSorted((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] as T;
  }
  if (typeof first !== "object" || first === null) return first;
  const names = new Set(runs.flatMap((run) => Object.keys(run as object)));
  const values = [...names].map((name) => {
    const all = runs.map((run) => (run as Record<string, unknown>)[name]);
    const numbers = all.some((value) => typeof value === "number");
    // A kind that one run had no request of cost it nothing.
    return [name, median(numbers ? all.map((value) => value ?? 0) : all)];
  });
  return Object.fromEntries(values) as T;
}
