import type { CDPSession, Page } from "@playwright/test";
import { conditions, type Line } from "./lines.ts";

export type Kind = "document" | "style" | "script" | "wasm" | "api" | "settings" | "image" | "other";

/** A request as the browser saw it. */
export type Asked = {
  /** Who asked: the page, or its service worker. */
  by: "page" | "worker";
  path: string;
  kind: Kind;
  /** Milliseconds since 1970, by the browser's clock. */
  began: number;
  ended?: number;
  /** Bytes of the answer as they came over the network, headers included; 0 where it came out of a cache. */
  bytes: number;
};

type Started = { requestId: string; request: { url: string }; type?: string; timestamp: number; wallTime: number };
type Finished = { requestId: string; timestamp: number; encodedDataLength?: number };
type Answered = { requestId: string; response: { fromServiceWorker?: boolean; fromDiskCache?: boolean } };

/** Puts a page and its service worker on a line, and counts what either of them brings over it. */
export class Meter {
  readonly asked: Asked[] = [];
  private readonly running = new Map<string, Asked & { clock: number }>();
  private id = 0;

  constructor(
    private readonly line: Line,
    private readonly offline = false,
  ) {}

  /** Before the page goes anywhere. Chromium slows down a page's processor, but not a worker's. */
  async watch(page: Page): Promise<void> {
    const cdp = await page.context().newCDPSession(page);
    cdp.on("Network.requestWillBeSent", (event) => this.began("page", "page", event));
    cdp.on("Network.responseReceived", (event) => this.answered("page", event));
    cdp.on("Network.loadingFinished", (event) => this.ended("page", event));
    cdp.on("Network.loadingFailed", (event) => this.ended("page", event));
    await cdp.send("Network.enable");
    await cdp.send("Network.emulateNetworkConditions", conditions(this.line, this.offline));
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: this.line.slower });
    await this.watchWorkers(cdp);
  }

  /** Nothing that the browser has asked for is under way. */
  get idle(): boolean {
    return this.running.size === 0;
  }

  /** A service worker is a target of its own, with a network of its own; it waits until it is on the line too. */
  private async watchWorkers(cdp: CDPSession): Promise<void> {
    cdp.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
      const tell = (method: string, params: object = {}) =>
        cdp
          .send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id: ++this.id, method, params }) })
          .catch(() => undefined); // it ended meanwhile
      if (targetInfo.type === "service_worker") {
        void tell("Network.enable");
        void tell("Network.emulateNetworkConditions", conditions(this.line, this.offline));
      }
      void tell("Runtime.runIfWaitingForDebugger");
    });
    cdp.on("Target.receivedMessageFromTarget", ({ sessionId, message }) => {
      const { method, params } = JSON.parse(message) as { method?: string; params: unknown };
      if (method === "Network.requestWillBeSent") this.began("worker", sessionId, params as Started);
      if (method === "Network.responseReceived") this.answered(sessionId, params as Answered);
      if (method === "Network.loadingFinished" || method === "Network.loadingFailed")
        this.ended(sessionId, params as Finished);
    });
    cdp.on("Target.detachedFromTarget", ({ sessionId }) => {
      for (const key of this.running.keys()) if (key.startsWith(`${sessionId} `)) this.running.delete(key);
    });
    await cdp.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: false });
  }

  private began(by: Asked["by"], session: string, { requestId, request, type, timestamp, wallTime }: Started): void {
    if (!request.url.startsWith("http")) return;
    const { pathname } = new URL(request.url);
    const one = { by, path: pathname, kind: kind(pathname, type), began: wallTime * 1_000, bytes: 0, clock: timestamp };
    this.asked.push(one);
    this.running.set(`${session} ${requestId}`, one);
  }

  private answered(session: string, { requestId, response }: Answered): void {
    // What came from the worker or the disk came over no line; where the worker asked for it, it is counted there.
    if (!response.fromServiceWorker && !response.fromDiskCache) return;
    const one = this.running.get(`${session} ${requestId}`);
    if (one) this.asked.splice(this.asked.indexOf(one), 1);
  }

  private ended(session: string, { requestId, timestamp, encodedDataLength }: Finished): void {
    const key = `${session} ${requestId}`;
    const one = this.running.get(key);
    if (!one) return; // the worker's own script, whose beginning Chromium does not tell
    this.running.delete(key);
    one.bytes = encodedDataLength ?? 0;
    one.ended = one.began + (timestamp - one.clock) * 1_000;
  }
}

function kind(path: string, type = ""): Kind {
  if (path.startsWith("/api/")) return "api";
  if (path.endsWith(".wasm")) return "wasm";
  if (path === "/config.json") return "settings";
  if (type === "Document" || path.endsWith(".html")) return "document";
  if (path.endsWith(".css")) return "style";
  if (path.endsWith(".js")) return "script";
  if (type === "Image" || /\.(svg|png)$/.test(path)) return "image";
  return "other";
}
