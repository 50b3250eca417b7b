#!/usr/bin/env node
// What cargo runs a test binary with (scripts/test-browser): wasm-bindgen-test-runner makes and serves the page of the tests, and Playwright
// opens it in CHROMIUM. Its output is printed; the exit code is 1 unless it says 'test result: ok'.
import { chromium } from "@playwright/test";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, get } from "node:http";
import { createInterface } from "node:readline";

const LONGEST = 120_000; // milliseconds; all of them take some 6 seconds

/** What serves the tests of `binary`, and where. Without tests to run it says so and ends: then where is undefined. */
async function runner(binary, ...filter) {
  const child = spawn("wasm-bindgen-test-runner", [binary, ...filter], {
    env: { ...process.env, NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: "127.0.0.1:0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface(child.stdout)) {
    const address = line.match(/available at (http:\/\/[0-9.:]+)/)?.[1];
    if (address) return { child, address };
    if (line.includes("no tests to run")) return { child };
    console.log(line);
  }
  const [code] = child.exitCode === null ? await once(child, "exit") : [child.exitCode];
  throw new Error(`wasm-bindgen-test-runner ended with ${code} before it served anything`);
}

/** The same pages, of which only one is asked for at a time, each on a connection of its own. The runner's server loses connections that
 * come together: it gives them to a thread that is about to take another, and they wait until that one's is closed. */
async function oneAtATime(address) {
  let last = Promise.resolve();
  const server = createServer((request, response) => {
    last = last.then(
      () =>
        new Promise((done) => {
          response.on("close", done);
          get(address + request.url, { agent: false }, (answer) => {
            response.writeHead(answer.statusCode, answer.headers);
            answer.pipe(response);
          }).on("error", (error) => response.destroy(error));
        }),
    );
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { server, address: `http://127.0.0.1:${server.address().port}/` };
}

/** What the page of the tests has said when it has a result, or after LONGEST. */
async function said(address) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--disable-gpu"] });
  try {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(error));
    page.on("crash", () => console.error("The page of the tests has crashed."));
    await page.goto(address, { waitUntil: "commit" });
    const output = page.locator("#output");
    await output
      .filter({ hasText: "test result: " })
      .waitFor({ timeout: LONGEST })
      .catch((error) => console.error(`${error}`));
    return await output.innerText();
  } finally {
    await browser.close();
  }
}

const { child, address } = await runner(...process.argv.slice(2));
if (!address) {
  console.log("no tests to run!");
  process.exit(0);
}
try {
  const between = await oneAtATime(address);
  const text = await said(between.address);
  console.log(text);
  process.exitCode = text.includes("test result: ok") ? 0 : 1;
  between.server.close();
  between.server.closeAllConnections();
} finally {
  child.kill();
}
