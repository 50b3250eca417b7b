// In which order the functions of the program's first part stand. A compressor says what it has seen before by how far back that is, so
// what is alike should stand together: they are sorted by their code. To put each beside the one that it has most in common with is a little
// smaller, but then a change of one function moves many others, and an update is larger for it.

import { importedFunctions, leb, number } from "./wasm-names.mjs";

/** The program with names for its functions that sort into that order: wasm-opt then puts them there (--reorder-functions-by-name). */
export function withNamesInOrder(wasm) {
  const [bodies, imported] = functions(wasm);
  const order = [...bodies.keys()].sort((a, b) => Buffer.compare(bodies[a], bodies[b]));
  const width = String(bodies.length).length;
  const names = order.map((at, place) => [imported + at, String(place).padStart(width, "0")]);
  names.sort(([a], [b]) => a - b);
  const entries = names.flatMap(([index, name]) => [leb(index), leb(width), Buffer.from(name)]);
  const map = Buffer.concat([leb(names.length), ...entries]);
  const named = Buffer.concat([Buffer.from("\x04name\x01"), leb(map.length), map]);
  return Buffer.concat([wasm, Buffer.from([0]), leb(named.length), named]);
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
