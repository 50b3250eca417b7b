// Says what `make cost` has found: a table on the terminal, the tables of docs/performance-cost.md, and its picture. All of it comes
// from target/cost.json and peers.json alone: the same figures give the same files.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { MONTH_AIM, picture } from "./plot.mjs";

const repository = resolve(import.meta.dirname, "../..");
const read = (name) => JSON.parse(readFileSync(join(repository, name), "utf8"));
const document = join(repository, "docs/performance-cost.md");

const cost = read("target/cost.json");
const { pages } = read("tests/cost/peers.json");
const visits = Object.values(cost.visits ?? {});

const kB = (bytes) => (bytes / 1_000).toFixed(1);
const seconds = (ms) => (ms === undefined ? "not quoted" : `${(ms / 1_000).toFixed(1)} s`);
const number = (n) => n.toLocaleString("en-GB");
const sum = (all, of) => all.reduce((total, one) => total + of(one), 0);

const NAMES = {
  "before sign-in": "first visit, until the form",
  cold: "first visit, by signing in, until the first deadline",
  again: "visit on another day, until the first deadline",
  offline: "the same without a network",
};

function times() {
  const rows = visits
    .filter(({ line }) => line !== "no limit")
    .map((one) => {
      const { roundTrips, bytes, limitMs } = one.needed;
      const limit = limitMs > 0 ? [seconds(limitMs), (one.usefulMs / limitMs).toFixed(2)] : ["none", ""];
      return [one.line, NAMES[one.visit], seconds(one.paintMs), seconds(one.usefulMs), kB(bytes), roundTrips, ...limit];
    });
  return [["line", "visit", "first paint", "useful", "kB until then", "round trips", "limit", "ratio"], ...rows];
}

function bytes() {
  const measured = visits.filter(({ line }) => line === "no limit");
  const kinds = [...new Set(measured.flatMap(({ kinds }) => Object.keys(kinds)))].sort();
  const rows = measured.map((one) => [
    NAMES[one.visit],
    one.requests,
    ...kinds.map((kind) => number(one.kinds[kind] ?? 0)),
    number(one.bytes),
    `${number(one.server.bytes)} in ${one.server.requests}`,
    number(one.server.asked),
  ]);
  return [["visit", "requests", ...kinds, "all", "left the server", "asked of it"], ...rows];
}

function peers() {
  const ours = visits
    .filter(({ line }) => line !== "no limit")
    .map((one) => ({ ...one, page: "this portal", kB: Math.round(one.bytes / 1_000) }));
  const order = ["before sign-in", "cold", "again", "offline"];
  const rows = [...pages, ...ours].sort(
    (a, b) =>
      b.line.localeCompare(a.line) ||
      order.indexOf(a.visit) - order.indexOf(b.visit) ||
      Number(b.page === "this portal") - Number(a.page === "this portal"),
  );
  return [
    ["line", "visit", "page", "requests", "kB", "first paint", "useful"],
    ...rows.map((one) => [
      one.line,
      one.visit,
      one.page,
      one.requests,
      number(one.kB),
      seconds(one.paintMs),
      seconds(one.usefulMs),
    ]),
  ];
}

function month() {
  const rows = Object.entries(cost.month.parts).map(([name, part]) => [name, part]);
  const all = cost.month.server;
  return [
    ["what", "requests", "to the phone", "from the phone", "both ways"],
    ...[...rows, ["all of it", all]].map(([name, { requests, down, up }]) => [
      name,
      requests,
      number(down),
      number(up),
      number(down + up),
    ]),
  ];
}

function monthInWords() {
  const { server, browser, parts } = cost.month;
  const all = sum(Object.values(parts), ({ down, up }) => down + up);
  if (all !== server.down + server.up) throw new Error(`the parts of the month are ${all} bytes, and the whole is not`);
  const over = all - MONTH_AIM;
  const aim = over > 0 ? `${kB(over)} kB over the aim` : "within the aim";
  return `${number(all)} bytes both ways: ${aim}. Of the ${number(server.down)} to the phone the browser itself counts ${number(browser.down)}.`;
}

function cpu() {
  const rows = Object.entries(cost.cpu).map(([what, { longest, over50 }]) => [
    what,
    longest > 0 ? `${longest} ms` : "50 ms or less",
    over50,
  ]);
  return [["what the learner does, or what happens", "longest task", "tasks over 50 ms"], ...rows];
}

function conditions() {
  const { browser, ...of } = cost.machine;
  const [one] = Object.values(of);
  const loads = Object.values(of).flatMap(({ loadBefore, loadAfter }) => [loadBefore, loadAfter]);
  const range = [Math.min(...loads), Math.max(...loads)].map((load) => load.toFixed(1)).join(" to ");
  return `Chromium ${browser}, ${one.cores} cores under a load of ${range}, the median of ${one.runs} runs.`;
}

function plain(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => String(row[i]).length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => String(cell).padEnd(widths[i]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function markdown([head, ...rows]) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const isNumber = (i) => rows.every((row) => /^[\d,.]*( s)?$|^none$|^not quoted$/.test(String(row[i])));
  return [line(head), line(head.map((_, i) => (isNumber(i) ? "---:" : "---"))), ...rows.map(line)].join("\n");
}

/** Puts a text between its two marks in the document. */
function place(text, name, content) {
  const marks = new RegExp(`(<!-- ${name}: written by make cost -->)[^]*?(<!-- ${name}: end -->)`);
  if (!marks.test(text)) throw new Error(`docs/performance-cost.md has no place for '${name}'.`);
  return text.replace(marks, (_, begin, end) => `${begin}\n\n${content}\n\n${end}`);
}

// What has not been measured on this machine yet stays as it was.
const tables = {
  ...(visits.length > 0 && { times: times(), bytes: bytes(), peers: peers() }),
  ...(cost.month && { month: month() }),
  ...(cost.cpu && { cpu: cpu() }),
};
console.log(Object.values(tables).map(plain).join("\n\n"));
if (cost.month) console.log(`\n${monthInWords()}`);
if (existsSync(document)) {
  let text = readFileSync(document, "utf8");
  if (visits.length > 0) text = place(text, "conditions", conditions());
  if (cost.month) text = place(text, "month in words", monthInWords());
  for (const [name, rows] of Object.entries(tables)) text = place(text, name, markdown(rows));
  writeFileSync(document, text);
}
if (visits.length > 0 && cost.month) writeFileSync(join(repository, "docs/pictures/cost.svg"), picture(cost, pages));
