// What a program and its JavaScript know each other by: two hundred long names, each with a hash of its own, that say nothing to a
// browser. Here they become one or two letters, and what neither side uses is taken out. Only the sections of imports (2) and
// exports (7) are read and written.

/** The program without the exports that its JavaScript does not name. Run wasm-opt after it, which then drops what led there. */
export function withoutUnusedExports(wasm, script) {
  const named = new Set(script.match(/\w+/g));
  return mapSection(wasm, 7, (entries) => entries.filter(({ name }) => named.has(name)));
}

/** wasm-bindgen's JavaScript without the classes that nothing of the app uses: streams, which Leptos brings. */
export function withoutClasses(script, names) {
  for (const name of names) {
    script = script
      .replace(new RegExp(`^export class ${name} \\{\\n[^]*?^\\}\\n`, "m"), "")
      .replace(new RegExp(`^if \\(Symbol\\.dispose\\) ${name}\\..*\\n`, "m"), "")
      .replace(new RegExp(`^const ${name}Finalization = [^;]*;\\n`, "m"), "");
    if (script.includes(name))
      throw new Error(`${name} is used, or is written in a way that this script does not know`);
  }
  return script.replace("export { initSync, __wbg_init as default };", "export { __wbg_init as default };");
}

/** Both with short names, and the JavaScript without the functions that the program does not import. `kept` are names that stay. */
export function withShortNames(wasm, script, module, kept) {
  const taken = new Set(script.match(/\w+/g));
  const short = new Map();
  const shorten = (name) => {
    if (kept.includes(name)) return name;
    if (!short.has(name)) {
      let next;
      do next = letters(count++);
      while (taken.has(next));
      short.set(name, next);
    }
    return short.get(name);
  };
  let count = 0;
  const imported = new Set();
  wasm = mapSection(wasm, 2, (entries) =>
    entries.map((entry) => {
      if (entry.module !== module) return entry;
      imported.add(entry.name);
      return { ...entry, module: shorten(module), name: shorten(entry.name) };
    }),
  );
  const exported = new Set();
  wasm = mapSection(wasm, 7, (entries) =>
    entries.map((entry) => {
      exported.add(entry.name);
      return { ...entry, name: shorten(entry.name) };
    }),
  );
  const head = "const import0 = {\n        __proto__: null,\n";
  const start = script.indexOf(head) + head.length;
  const end = script.indexOf("\n    };\n", start);
  if (start < head.length || end < 0)
    throw new Error("wasm-bindgen's imports are not where this script looks for them");
  const functions = script
    .slice(start, end)
    .split(/^(?= {8}\w+: )/m)
    .map((one) => [/^ {8}(\w+): /.exec(one)?.[1], one]);
  const missing = [...imported].filter((name) => !functions.some(([known]) => known === name));
  if (missing.length > 0)
    throw new Error(`the program imports what its JavaScript does not have: ${missing.join(", ")}`);
  // Those that do alike stand together, which compresses better.
  const does = ([, one]) => one.slice(one.indexOf(":"));
  const written = functions
    .filter(([name]) => imported.has(name))
    .sort((a, b) => (does(a) < does(b) ? -1 : 1))
    .map(([name, one]) => one.replace(name, shorten(name)))
    .join("");
  script = script.slice(0, start) + written + script.slice(end);
  script = script.replace(`"${module}": import0`, `"${shorten(module)}": import0`);
  return {
    wasm,
    script: script.replace(/\bwasm\.(\w+)/g, (all, name) => (exported.has(name) ? `wasm.${shorten(name)}` : all)),
  };
}

function letters(n) {
  const letter = String.fromCharCode(97 + (n % 26));
  return n < 26 ? letter : letters(Math.floor(n / 26) - 1) + letter;
}

/** How many functions a program's section of imports brings. */
export function importedFunctions(section) {
  return read(section, 2).filter(({ rest }) => rest[0] === 0).length;
}

// --- The binary form: https://webassembly.github.io/spec/core/binary/modules.html ------------------------------------------

function mapSection(wasm, id, map) {
  const parts = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length;) {
    const [size, body] = number(wasm, at + 1);
    const end = body + size;
    parts.push(wasm[at] === id ? section(id, map(read(wasm.subarray(body, end), id))) : wasm.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts);
}

function read(bytes, id) {
  let [left, at] = number(bytes, 0);
  const entries = [];
  const text = () => {
    const [length, start] = number(bytes, at);
    at = start + length;
    return bytes.toString("utf8", start, at);
  };
  for (; left > 0; left--) {
    const module = id === 2 ? text() : undefined;
    const name = text();
    const start = at;
    at = id === 2 ? afterImport(bytes, at) : number(bytes, at + 1)[1];
    entries.push({ module, name, rest: bytes.subarray(start, at) });
  }
  return entries;
}

/** Behind what an import says of its kind: a function's or an exception's type, a table, a memory, a global. */
function afterImport(bytes, at) {
  const limits = (flags) => {
    const [, least] = number(bytes, flags + 1);
    return bytes[flags] & 1 ? number(bytes, least)[1] : least;
  };
  switch (bytes[at]) {
    case 0:
      return number(bytes, at + 1)[1];
    case 1:
      return limits(at + 2);
    case 2:
      return limits(at + 1);
    case 3:
      return at + 3;
    default:
      return number(bytes, at + 2)[1];
  }
}

function section(id, entries) {
  const parts = [leb(entries.length)];
  for (const { module, name, rest } of entries) {
    for (const text of id === 2 ? [module, name] : [name]) parts.push(leb(Buffer.byteLength(text)), Buffer.from(text));
    parts.push(rest);
  }
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([id]), leb(body.length), body]);
}

export function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

export function leb(value) {
  const bytes = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value >>>= 7;
  } while (value > 0);
  return Buffer.from(bytes);
}
