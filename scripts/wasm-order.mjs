// In which order a program's functions stand. A compressor says what it has seen before by how far back that is, so what is alike stands
// together: each function is followed by the one that has most in common with those just before it.

import { importedFunctions, leb, number } from "./wasm-names.mjs";

/** Bytes in a row that two functions may have in common: long enough to be worth a reference. */
const RUN = 6;
/** What more functions than this have in common says little of any two of them. */
const COMMON = 50;
/** What a function has in common with an earlier one counts so much less with each that stands between them. */
const FADES = 0.85;

/** The program with names for its functions that sort into that order: wasm-opt then puts them there (--reorder-functions-by-name). */
export function withNamesInOrder(wasm) {
  const [bodies, imported] = functions(wasm);
  const width = String(bodies.length).length;
  const names = order(bodies).map((at, place) => [imported + at, String(place).padStart(width, "0")]);
  names.sort(([a], [b]) => a - b);
  const entries = names.flatMap(([index, name]) => [leb(index), leb(width), Buffer.from(name)]);
  const map = Buffer.concat([leb(names.length), ...entries]);
  const named = Buffer.concat([Buffer.from("\x04name\x01"), leb(map.length), map]);
  return Buffer.concat([wasm, Buffer.from([0]), leb(named.length), named]);
}

function order(bodies) {
  const having = new Map();
  const runs = bodies.map((body, at) => {
    const all = new Set();
    for (let from = 0; from + RUN <= body.length; from++) all.add(body.toString("latin1", from, from + RUN));
    for (const run of all) having.set(run, [...(having.get(run) ?? []), at]);
    return all;
  });
  const alike = new Float64Array(bodies.length);
  const left = new Set(bodies.keys());
  const order = [];
  while (left.size > 0) {
    let next;
    let most = -1;
    for (const at of left) {
      const share = alike[at] / (bodies[at].length + 20) ** 0.7;
      if (share > most) [most, next] = [share, at];
    }
    order.push(next);
    left.delete(next);
    for (const at of left) alike[at] *= FADES;
    for (const run of runs[next]) {
      const those = having.get(run);
      if (those.length <= COMMON) for (const at of those) alike[at] += 1 / those.length;
    }
  }
  return order;
}

/** The code of a program's own functions, and how many functions it imports before them. */
function functions(wasm) {
  const bodies = [];
  let imported = 0;
  for (let at = 8; at < wasm.length;) {
    const [size, content] = number(wasm, at + 1);
    if (wasm[at] === 2) imported = importedFunctions(wasm.subarray(content, content + size));
    if (wasm[at] === 10) {
      let [left, from] = number(wasm, content);
      for (; left > 0; left--) {
        const [length, start] = number(wasm, from);
        from = start + length;
        bodies.push(wasm.subarray(start, from));
      }
    }
    at = content + size;
  }
  return [bodies, imported];
}
