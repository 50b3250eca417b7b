// The program in two parts: what the first pages need, and the rest, which comes when there is time for it (src/late.rs).
// wasm-split-cli parts what cargo has linked; wasm-bindgen makes the JavaScript of the first part; wasm-opt makes both small.
// Trunk knows of no parts, so this does again what it has done.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withNamesInOrder } from "./wasm-order.mjs";
import { withShortNames, withoutClasses, withoutUnusedExports } from "./wasm-names.mjs";

const NAME = "learner-portal";
const FIRST = `${NAME}_bg.wasm`;
const LATE = `${NAME}_late.wasm`;

/** Only what every browser of the last years reads: with all features on, the optimiser writes a form of imports that none does. */
const FEATURES = [
  "bulk-memory",
  "bulk-memory-opt",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
].map((feature) => `--enable-${feature}`);
/** No instruction of ours traps to be caught: a trap is the end of the page. In this order nothing smaller was found. */
const SMALL = ["-Oz", "--traps-never-happen", "--converge", "--flatten", "--rereloop", "-Oz"];
/** Functions of one module stand side by side then, which compresses better. */
const BY_NAME = ["--reorder-functions-by-name"];

/** Classes for streams of bytes, which Leptos brings and nothing here uses. */
const STREAMS = ["IntoUnderlyingByteSource", "IntoUnderlyingSink", "IntoUnderlyingSource"];
/** What the late part imports from the first, by these names. */
const SHARED = ["memory", "__indirect_function_table", "__wasm_split_shared0"];

/** Writes learner-portal.js, learner-portal_bg.wasm and learner-portal_late.wasm into `staging`. */
export function writeParts(staging, release) {
  const profile = release ? "release" : "debug";
  const linked = join(process.env.CARGO_TARGET_DIR ?? "target", "wasm32-unknown-unknown", profile, `${NAME}.wasm`);
  const work = mkdtempSync(join(tmpdir(), "portal-parts-"));
  try {
    run("wasm-split-cli", [linked, work, "--out-name", NAME]);
    const parts = readdirSync(work).filter((name) => name.endsWith(".wasm") && name !== `${NAME}.wasm`);
    if (parts.length !== 1) throw new Error(`the program has other parts than one late one: ${parts.join(", ")}`);
    // Other tools are not to make names of their own of what the parts know each other by.
    const bind = ["--target", "web", "--no-typescript", "--keep-lld-exports", "--no-demangle"];
    run("wasm-bindgen", [...bind, "--out-dir", staging, "--out-name", NAME, join(work, `${NAME}.wasm`)]);
    writeFileSync(join(staging, LATE), readFileSync(join(work, parts[0])));
    takeInLoader(join(staging, `${NAME}.js`), readFileSync(join(work, "__wasm_split.js"), "utf8"));
    if (release) makeSmall(staging);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function makeSmall(staging) {
  const [first, late, script] = [FIRST, LATE, `${NAME}.js`].map((name) => join(staging, name));
  const slim = withoutClasses(readFileSync(script, "utf8"), STREAMS);
  writeFileSync(first, withoutUnusedExports(readFileSync(first), slim));
  shrink(first);
  inOrder(first);
  shrink(late);
  const short = withShortNames(readFileSync(first), slim, `./${NAME}_bg.js`, SHARED);
  writeFileSync(first, short.wasm);
  writeFileSync(script, short.script);
}

function shrink(file) {
  run("wasm-opt", [...SMALL, ...BY_NAME, ...FEATURES, file, "-o", file]);
}

/** Functions that are alike side by side. Not for the late part: what it brings there is less than each update then takes. */
function inOrder(file) {
  writeFileSync(file, withNamesInOrder(readFileSync(file)));
  run("wasm-opt", ["-Oz", "--traps-never-happen", ...BY_NAME, ...FEATURES, file, "-o", file]);
}

function run(program, options) {
  execFileSync(program, options, { stdio: ["ignore", "inherit", "inherit"] });
}

/** The loader that wasm-split-cli writes becomes a part of wasm-bindgen's module, and finds its file where the page says. */
function takeInLoader(file, loader) {
  const shared = /const \{([^}]*)\} = initSync/.exec(loader)?.[1];
  const names = [...loader.matchAll(/^export const (\w+) =/gm)].map(([, name]) => name);
  const code = readFileSync(file, "utf8");
  const importing = /^import \* as (\w+) from "\.\/__wasm_split\.js";?$/m;
  const as = importing.exec(code)?.[1];
  const asked = shared?.split(",").map((name) => name.trim());
  if (!asked || asked.some((name) => name !== "" && !SHARED.includes(name)))
    throw new Error(`the late part needs other things of the first than this script knows: ${shared}`);
  if (names.length !== 1 || !as) throw new Error("wasm-split-cli's loader is not as this script knows it");
  writeFileSync(
    file,
    code.replace(
      importing,
      `let lateComes;
async function fetchLate() {
  const { ${shared} } = wasm;
  const address = new URL(document.querySelector("script[data-late]").dataset.late, document.baseURI);
  let program;
  for (let tries = 2; !program; tries--) {
    // Milliseconds without a byte.
    const stop = new AbortController();
    let timer;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), 10_000);
    };
    alive();
    try {
      const answer = await fetch(address, { signal: stop.signal });
      if (!answer.ok) throw new Error(\`\${address}: status \${answer.status}\`);
      const watched = new TransformStream({ transform: (piece, out) => (alive(), out.enqueue(piece)) });
      program = await new Response(answer.body.pipeThrough(watched)).arrayBuffer();
    } catch (fault) {
      if (!tries || !stop.signal.aborted) throw fault;
    } finally {
      clearTimeout(timer);
    }
  }
  await WebAssembly.instantiate(program, { __wasm_split: { ${shared} } });
}
const ${as} = {
  async ${names[0]}(callback, data) {
    const call = wasm.__indirect_function_table;
    try {
      await (lateComes ??= fetchLate());
      call.get(callback)(data, true);
    } catch (fault) {
      lateComes = undefined; // the next one tries again
      console.error(fault);
      call.get(callback)(data, false);
    }
  },
};`,
    ),
  );
}
