import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { AppCopy } from "../e2e/fixtures/static.ts";

/** Makes the app's next version, as a build after a small change does: one text of the program is another one of the same length,
 * and what is named by its contents, or names or lists them, follows. All else is as it was. */
export function release({ folder }: AppCopy, text: string, next: string): void {
  if (text.length !== next.length) throw new Error(`'${next}' must be as long as '${text}'.`);
  const before = contents(folder);
  const now = new Map(before);
  const says = [...now].filter(([name, bytes]) => name.endsWith(".wasm") && bytes.includes(text));
  if (says.length === 0) throw new Error(`No part of the program says '${text}'.`);
  for (const [name, bytes] of says) now.set(name, replaced(bytes, text, next));
  // A file that names another changes with it, and then those that name it: until none does.
  const digests = () => [...before].map(([name, was]) => [digest(was), digest(now.get(name)!)] as const);
  for (let changed = true; changed;) {
    changed = false;
    for (const [name, was] of before) {
      if (!/\.(html|js|json)$/.test(name)) continue;
      const fresh = digests().reduce((bytes, [from, to]) => replaced(bytes, from, to), was);
      changed ||= !fresh.equals(now.get(name)!);
      now.set(name, fresh);
    }
  }
  const worker = now.get("sw.js")!.toString();
  const version = /VERSION="[0-9a-f]{16}"/;
  if (!version.test(worker)) throw new Error("sw.js has lost its version.");
  now.set("sw.js", Buffer.from(worker.replace(version, `VERSION="${digest(Buffer.from(worker))}"`)));
  for (const [name, bytes] of now) {
    if (bytes.equals(before.get(name)!)) continue;
    for (const ending of ["", ".br", ".gz"]) rmSync(join(folder, name + ending), { force: true });
    const file = join(folder, name.replace(digest(before.get(name)!), digest(bytes)));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(file, bytes);
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** Every file of the app but what is compressed of another. */
function contents(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder).filter((name) => /\.(html|js|json|css|wasm)$/.test(name));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** As scripts/post-build.mjs names what a browser may keep for ever. */
function digest(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

/** The bytes with one text, of one byte a character, in the place of another. */
function replaced(bytes: Buffer, text: string, next: string): Buffer {
  return text === next || !bytes.includes(text)
    ? bytes
    : Buffer.from(bytes.toString("latin1").replaceAll(text, next), "latin1");
}
