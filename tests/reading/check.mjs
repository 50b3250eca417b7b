// How hard the app's own words are to read: Flesch and Kincaid's grade of each page and of all of them. It fails above what learners
// were promised: grade 6 on average, grade 8 on no page. `node tests/reading/check.mjs [FOLDER]` prints the table, and the hardest
// sentences of a page that is too hard.

import { fleschKincaid } from "flesch-kincaid";
import { syllable } from "syllable";
import { pages, words } from "./sentences.mjs";

const AVERAGE_MAX = 6;
const PAGE_MAX = 8;

const all = pages(process.argv[2] ?? ".");
const rows = all.map(([page, sentences]) => ({ page, sentences, ...measure(sentences) }));
const whole = measure(all.flatMap(([, sentences]) => sentences));
for (const { page, sentences, grade } of rows) console.log(line(page, sentences.length, grade));
console.log(
  line(
    "all of it",
    rows.reduce((sum, row) => sum + row.sentences.length, 0),
    whole.grade,
  ),
);

const hard = rows.filter(({ grade }) => grade > PAGE_MAX);
for (const { page, sentences } of hard) {
  console.log(`\n${page} is above grade ${PAGE_MAX}. Its hardest sentences:`);
  const graded = sentences.map((sentence) => [measure([sentence]).grade, sentence]).sort(([a], [b]) => b - a);
  for (const [grade, sentence] of graded.slice(0, 8)) console.log(`  ${grade.toFixed(1)}  ${sentence}`);
}
if (whole.grade > AVERAGE_MAX) console.log(`\nAll of it is above grade ${AVERAGE_MAX}.`);
if (rows.length === 0) console.log("\nNo text was found.");
process.exitCode = hard.length > 0 || whole.grade > AVERAGE_MAX || rows.length === 0 ? 1 : 0;

function measure(sentences) {
  const found = sentences.flatMap(words);
  const syllables = found.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0);
  return { grade: fleschKincaid({ sentence: sentences.length, word: found.length, syllable: syllables }) };
}

function line(page, sentences, grade) {
  return `${page.padEnd(16)} ${String(sentences).padStart(4)} sentences  grade ${grade.toFixed(1).padStart(4)}`;
}
