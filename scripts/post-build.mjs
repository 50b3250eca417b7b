// Trunk's post_build hook: finishes what Trunk has put in TRUNK_STAGING_DIR. In order:
//   0. the program in its parts (scripts/wasm-parts.mjs)
//   1. one style sheet from style/: settings, base, objects, components/*, utilities
//   2. the app's own scripts (src/browser/*.js) into the one that wasm-bindgen writes: one request, and none that comes late
//   3. a name with its own hash (-<16 hexadecimal digits>) for every part that a browser may keep for ever
//   4. the service worker's list of files
//   5. release only: .br and .gz beside everything a browser downloads, the sizes, and the budget of the first paint
// Plain Node and terser. Run without Trunk: TRUNK_STAGING_DIR=dist node scripts/post-build.mjs (on a fresh Trunk output).

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { minify } from "terser";
import { writeParts } from "./wasm-parts.mjs";

const staging = process.env.TRUNK_STAGING_DIR;
if (!staging) throw new Error("TRUNK_STAGING_DIR is not set: this runs as Trunk's post_build hook (see Trunk.toml)");
const source = process.env.TRUNK_SOURCE_DIR ?? ".";
const release = process.env.TRUNK_PROFILE === "release";

/** Bytes after brotli: what fits in the first round trips of a slow line. */
const FIRST_PAINT_MAX = 14_000;
/** Smaller files do not get smaller on the line. */
const COMPRESS_MIN = 300;
const COMPRESSED = /\.(html|css|js|json|svg|wasm|webmanifest|txt)$/;
/** Served, but not needed by the app when it is offline. */
const NOT_KEPT =
  /^(sw\.js|config\.json|config\.schema\.json|robots\.txt|no-script\.css|icon-\d+\.png)$|\.(map|br|gz|d\.ts)$/;
/** Kept once the first page has what it needs. Browsers ask for the icon and the manifest at every visit. */
const LATE = /_late-|\.svg$|\.webmanifest$/;
const TYPES = {
  html: "text/html",
  css: "text/css",
  js: "text/javascript",
  wasm: "application/wasm",
  svg: "image/svg+xml",
  webmanifest: "application/manifest+json",
};

const path = (name) => join(staging, name);
const read = (name) => readFileSync(path(name), "utf8");
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

writeParts(staging, release);
writeFileSync(
  path("style.css"),
  squeezeCss(
    styleSheets()
      .map((file) => readFileSync(file, "utf8"))
      .join("\n"),
  ),
);
takeInSnippets("learner-portal.js");
await squeezeJs("boot.js", true);
await squeezeJs("learner-portal.js", true);
writeFileSync(path("index.html"), squeezeHtml(read("index.html")));
nameByContents();
writeServiceWorker();
await squeezeJs("sw.js", false);
if (release) compressAndWeigh();

/** The style sheets in the order in which they apply; a new component needs no entry here. */
function styleSheets() {
  const sheet = (name) => join(source, "style", name);
  const components = existsSync(sheet("components")) ? readdirSync(sheet("components")).sort() : [];
  const files = [
    ...["settings.css", "base.css", "objects.css"].map(sheet),
    ...components.filter((name) => name.endsWith(".css")).map((name) => sheet(join("components", name))),
    sheet("utilities.css"),
  ];
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0 && release) throw new Error(`style sheets are missing: ${missing.join(", ")}`);
  return files.filter((file) => existsSync(file));
}

/** Without comments and indentation. Strings are left as they are. */
function squeezeCss(css) {
  return css
    .split(/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\*[^]*?\*\/)/)
    .map((part) => {
      if (part.startsWith("/*")) return "";
      if (/^["']/.test(part)) return part;
      // A space before a colon parts a selector; before a decimal point no zero is needed.
      return part
        .replace(/\s+/g, " ")
        .replace(/ ?([{};>]) ?/g, "$1")
        .replace(/([:,]) /g, "$1")
        .replace(/\b0(?=\.\d)/g, "");
    })
    .join("")
    .replaceAll(";}", "}")
    .trim();
}

/** Without comments, and with one space for many: the page has no preformatted text. */
function squeezeHtml(html) {
  return html
    .replace(/<!--[^]*?-->/g, "")
    .replace(/\s+/g, " ")
    .replace(/ (\/?>)/g, "$1");
}

/** Puts the modules that wasm-bindgen has left beside its own into it, each in a scope of its own, those that it imports first. */
function takeInSnippets(name) {
  const importing = /^import \{([^}]+)\} from ["']\.\/([^"']+\.js)["'];?$/gm;
  const taken = new Map();
  const written = [];
  const bind = (names, variable) => `const {${names.replace(/ as /g, ": ")}} = ${variable};`;
  const take = (file) => {
    if (taken.has(file)) return taken.get(file);
    const code = read(file).replace(importing, (_, names, other) => bind(names, take(join(dirname(file), other))));
    const exported = [...code.matchAll(/^export (?:async )?(?:function|class|const) (\w+)/gm)].map(([, one]) => one);
    const variable = `snippet${taken.size}`;
    taken.set(file, variable);
    written.push(
      `const ${variable} = (() => {\n${code.replace(/^export /gm, "")}\nreturn { ${exported.join(", ")} };\n})();`,
    );
    return variable;
  };
  const glue = read(name).replace(importing, (_, names, file) => bind(names, take(file)));
  const whole = [...written, glue].join("\n");
  if (/^import\b.*\bfrom\b|\bsnippets\//m.test(whole))
    throw new Error(`${name} imports a snippet in a way that scripts/post-build.mjs does not know`);
  writeFileSync(path(name), whole);
  rmSync(path("snippets"), { recursive: true, force: true });
}

/** A script with short names and without comments; in a debug build as it is. */
async function squeezeJs(name, isModule) {
  if (!release) return;
  const { code } = await minify(read(name), {
    module: isModule,
    toplevel: true, // each is the only script of its kind where it runs
    ecma: 2020,
    compress: { passes: 2, unsafe_arrows: true },
  });
  writeFileSync(path(name), code);
}

/** Renames the parts and corrects the page that names them. */
function nameByContents() {
  const parts = [
    "style.css",
    "boot.js",
    ...readdirSync(staging).filter((name) => /^learner-portal.*\.(js|wasm)$/.test(name)),
  ];
  let page = read("index.html");
  for (const name of parts) {
    const bytes = readFileSync(path(name));
    const named = name.replace(/\.\w+$/, (ending) => `-${hash(bytes)}${ending}`);
    if (!page.includes(`./${name}`)) throw new Error(`index.html does not name ./${name}`);
    page = page.replaceAll(`./${name}`, `./${named}`);
    if (name.endsWith("_bg.wasm")) page = page.replace("data-wasm=", `data-size="${bytes.length}" data-wasm=`);
    renameSync(path(name), path(named));
  }
  writeFileSync(path("index.html"), page);
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(staging, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

function writeServiceWorker() {
  const files = filesIn(staging)
    .filter((name) => !NOT_KEPT.test(name))
    .map((url) => {
      const type = TYPES[url.split(".").at(-1)];
      if (!type) throw new Error(`${url}: add its content type to scripts/post-build.mjs, or its name to NOT_KEPT`);
      return { url, type, hash: hash(readFileSync(path(url))), ...(LATE.test(url) && { late: true }) };
    });
  const list = JSON.stringify(files);
  const worker = read("sw.js");
  if (!worker.includes('"__VERSION__"') || !worker.includes("FILES = []"))
    throw new Error("sw.js has lost its two constants");
  writeFileSync(
    path("sw.js"),
    worker.replace('"__VERSION__"', `"${hash(list)}"`).replace("FILES = []", `FILES = ${list}`),
  );
}

function compressAndWeigh() {
  const sizes = filesIn(staging).map((name) => {
    const bytes = readFileSync(path(name));
    if (!COMPRESSED.test(name) || bytes.length <= COMPRESS_MIN)
      return { name, raw: bytes.length, gzip: bytes.length, brotli: bytes.length };
    const gzip = gzipSync(bytes, { level: 9 });
    const brotli = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        // Short distances as they are: a thousandth of the program.
        [constants.BROTLI_PARAM_NDIRECT]: 4,
      },
    });
    writeFileSync(path(`${name}.gz`), gzip);
    writeFileSync(path(`${name}.br`), brotli);
    return { name, raw: bytes.length, gzip: gzip.length, brotli: brotli.length };
  });
  const sum = (name, members) => ({
    name,
    ...Object.fromEntries(
      ["raw", "gzip", "brotli"].map((by) => [by, members.reduce((total, size) => total + size[by], 0)]),
    ),
  });
  const firstPaint = sum(
    "first paint",
    sizes.filter(({ name }) => /^(index\.html|(style|boot)-.*)$/.test(name)),
  );
  const whole = sum(
    "the app, kept offline",
    sizes.filter(({ name }) => !NOT_KEPT.test(name)),
  );
  const row = (cells) => cells.map((cell, i) => (i === 0 ? cell.padEnd(46) : String(cell).padStart(10))).join("");
  console.log(
    [["bytes", "raw", "gzip", "brotli"], ...[...sizes, firstPaint, whole].map((size) => Object.values(size))]
      .map(row)
      .join("\n"),
  );
  const report = join(source, "target", "sizes.json");
  mkdirSync(join(source, "target"), { recursive: true });
  writeFileSync(report, JSON.stringify({ files: sizes, firstPaint, whole }, null, 2) + "\n");
  if (firstPaint.brotli > FIRST_PAINT_MAX) {
    throw new Error(
      `the first paint (index.html, style.css, boot.js) takes ${firstPaint.brotli} B after brotli; at most ${FIRST_PAINT_MAX} B fit`,
    );
  }
}
