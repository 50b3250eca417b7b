// The sentences that the app shows, by where they stand: src/text (a file an area), the first picture, and what boot.js says.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** A label on a button or over a list is no sentence; shorter texts would only flatter the figures. */
const WORDS_MIN = 4;

/** Sentences by page: `[page, [sentence, …]]`. */
export function pages(root) {
  const folder = join(root, "src", "text");
  const areas = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".rs") && !["mod.rs", "format.rs"].includes(basename(name)))
    .map((name) => [name.replace(/\.rs$/, ""), rust(readFileSync(join(folder, name), "utf8"))]);
  const first = [
    html(readFileSync(join(root, "index.html"), "utf8")),
    script(readFileSync(join(root, "public/boot.js"), "utf8")),
  ];
  return [...areas, ["first picture", first.flat()]]
    .map(([page, texts]) => [page, texts.flatMap(sentences)])
    .filter(([, found]) => found.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What stands between quotation marks, but for tests. */
function rust(source) {
  const shown = source.split("#[cfg(test)]")[0].replace(/^\s*\/\/.*$/gm, "");
  return [...shown.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) =>
    text.replace(/\\\n\s*/g, "").replace(/\\(.)/g, "$1"),
  );
}

/** A text for each element that holds one. */
function html(source) {
  const body = source.slice(source.indexOf("<body>")).replace(/<!--[^]*?-->/g, "");
  return body
    .split(/<\/?(?:p|li|h1|h2|label|legend|button|section|div|ul|fieldset|form|main|header|footer)\b[^>]*>/)
    .map((text) => text.replace(/<[^>]*>/g, "").replace(/\s+/g, " "));
}

function script(source) {
  const words = source.slice(source.indexOf("const WORDS"), source.indexOf("const script"));
  return [...words.matchAll(/"([^"]*)"|`([^`]*)`/g)].map(([, plain, template]) => plain ?? template);
}

/** What is filled in (a title, a date) counts as one short word. */
function sentences(text) {
  return text
    .replace(/\$?\{[^}]*\}/g, "one")
    .split(/(?<=[.!?:])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => words(sentence).length >= WORDS_MIN);
}

export function words(sentence) {
  return sentence.match(/[\p{L}\p{N}’'-]*\p{L}[\p{L}\p{N}’'-]*|\d[\d,.]*/gu) ?? [];
}
