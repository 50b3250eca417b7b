import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repository } from "../e2e/fixtures/paths.ts";

const file = join(repository, "target/cost.json");

type Kept = Record<string, Record<string, unknown>>;

/** Puts a figure in target/cost.json, in the place of what an earlier run found. */
export function keep(part: string, name: string, figure: unknown): void {
  const all = (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}) as Kept;
  (all[part] ??= {})[name] = figure;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(all, null, 2) + "\n");
}
