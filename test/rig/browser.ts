// A real browser: Debian's Chromium, spoken to over a pipe by the DevTools protocol, so that no package has to bring one.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { after, before } from "node:test";
import { eventually } from "./eventually.ts";

/** Where Chromium is on this machine; `undefined` where there is none. */
export const chromium = (process.env["PATH"] ?? "")
  .split(delimiter)
  .flatMap((folder) => ["chromium", "chromium-browser", "google-chrome"].map((name) => join(folder, name)))
  .find((file) => existsSync(file));

/** A tab. */
export interface Tab {
  /** What the browser complained about: errors of scripts, what its policy refused, what did not load. */
  readonly complaints: readonly string[];
  goTo(url: string): Promise<void>;
  /** The value of an expression in the page. */
  read<Value>(expression: string): Promise<Value>;
  /** Waits until the page shows a text. */
  shows(text: string): Promise<void>;
  /** Types into the field of a label, as a person would. */
  fill(label: string, text: string): Promise<void>;
  /** Chooses an option in the list of a label. */
  choose(label: string, option: string): Promise<void>;
  press(button: string): Promise<void>;
  /** Follows the first link with a text. */
  follow(link: string): Promise<void>;
  back(): Promise<void>;
  /** Presses a key, such as Tab, as a person would. */
  key(name: "Tab" | "Enter" | "Escape"): Promise<void>;
  /** A PNG of the whole page. */
  picture(): Promise<Buffer>;
}

/** How a tab looks. */
export interface TabOptions {
  /** @default 900 */
  readonly width?: number;
  /** What the machine is set to. @default "light" */
  readonly theme?: "light" | "dark";
}

/** Gives a file a browser, from its first test to its last. */
export function browser(): { readonly open: (options?: TabOptions) => Promise<Tab> } {
  let started: Started | undefined;
  before(async () => {
    started = await start();
  });
  after(() => started?.close());
  return {
    open: async (options = {}) => {
      if (!started) throw new Error("Not there before the tests run");
      return openTab(started, options);
    },
  };
}

type Call = (method: string, params?: object, sessionId?: string) => Promise<Record<string, unknown>>;
type Listener = (method: string, params: Record<string, unknown>, sessionId: string | undefined) => void;

interface Started {
  readonly call: Call;
  readonly listeners: Set<Listener>;
  close(): Promise<void>;
}

async function start(): Promise<Started> {
  const profile = await mkdtemp(join(tmpdir(), "tenuto-browser-"));
  const flags = [
    "--headless=new",
    "--hide-scrollbars",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
  ];
  const child = spawn(chromium ?? "chromium", [...flags, `--user-data-dir=${profile}`, "--remote-debugging-pipe"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  // Where another hook fails, none of ours may run.
  process.once("exit", () => child.kill("SIGKILL"));
  const listeners = new Set<Listener>();
  const call = callsOver(child, listeners);
  return {
    call,
    listeners,
    async close() {
      const ended = once(child, "exit");
      await call("Browser.close");
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

function callsOver(child: ChildProcess, listeners: ReadonlySet<Listener>): Call {
  const [, , , toBrowser, fromBrowser] = child.stdio as unknown as readonly [null, null, null, Writable, Readable];
  const waiting = new Map<number, (message: Message) => void>();
  const take = (message: Message) => {
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    else for (const tell of listeners) tell(message.method ?? "", message.params ?? {}, message.sessionId);
  };
  let rest = "";
  fromBrowser.setEncoding("utf8").on("data", (chunk: string) => {
    const messages = (rest + chunk).split("\0");
    rest = messages.pop() ?? "";
    for (const text of messages) take(JSON.parse(text) as Message);
  });
  let calls = 0;
  return async (method, params = {}, sessionId) => {
    const id = (calls += 1);
    const { result, error } = await new Promise<Message>((resolve) => {
      waiting.set(id, resolve);
      toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
    waiting.delete(id);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  };
}

const keyCodes = { Tab: 9, Enter: 13, Escape: 27 } as const;

async function openTab({ call, listeners }: Started, { width = 900, theme = "light" }: TabOptions): Promise<Tab> {
  // Each is of a person of its own: it shares no cookies.
  const { browserContextId } = await call("Target.createBrowserContext");
  const { targetId } = await call("Target.createTarget", { url: "about:blank", browserContextId });
  const { sessionId } = (await call("Target.attachToTarget", { targetId, flatten: true })) as { sessionId: string };
  const ask: Call = (method, params) => call(method, params, sessionId);
  const complaints: string[] = [];
  listeners.add((method, params, from) => {
    if (from !== sessionId) return;
    if (method === "Runtime.exceptionThrown" || method === "Log.entryAdded") complaints.push(JSON.stringify(params));
  });
  for (const domain of ["Page", "Runtime", "Log"]) await ask(`${domain}.enable`);
  const screen = { width, height: 900, deviceScaleFactor: 1, mobile: false };
  await ask("Emulation.setDeviceMetricsOverride", screen);
  await ask("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: theme }] });
  const read = async <Value>(expression: string): Promise<Value> => {
    const answer = await ask("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    const { result, exceptionDetails } = answer as { result: { value: Value }; exceptionDetails?: object };
    if (exceptionDetails) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
    return result.value;
  };
  // A dialog stands in front of all else.
  const inFront = `(document.querySelector("dialog[open]") ?? document)`;
  const labelled = (label: string) =>
    `[...${inFront}.querySelectorAll("label")].find((each) => each.textContent === ${JSON.stringify(label)}).control`;
  const withText = (kinds: string, text: string) =>
    `[...${inFront}.querySelectorAll("${kinds}")].find((each) => each.textContent === ${JSON.stringify(text)})`;
  return {
    complaints,
    read,
    goTo: async (url) => {
      await ask("Page.navigate", { url });
    },
    shows: async (text) => {
      const isShown = `document.body?.innerText.includes(${JSON.stringify(text)})`;
      await eventually(`"${text}" is shown`, () => read<boolean>(isShown), { withinMs: 60_000 });
    },
    fill: async (label, text) => {
      await read(`(() => { const field = ${labelled(label)}; field.focus(); field.select(); })()`);
      await ask("Input.insertText", { text });
    },
    choose: async (label, option) => {
      await read(`(() => {
        const list = ${labelled(label)};
        list.value = [...list.options].find(({ text }) => text === ${JSON.stringify(option)}).value;
        list.dispatchEvent(new Event("change", { bubbles: true }));
      })()`);
    },
    press: async (button) => {
      await read(`${withText("button, summary", button)}.click()`);
    },
    follow: async (link) => {
      await read(`${withText("a", link)}.click()`);
    },
    back: async () => {
      await read("history.back()");
    },
    key: async (name) => {
      const key = { key: name, code: name, windowsVirtualKeyCode: keyCodes[name] };
      await ask("Input.dispatchKeyEvent", {
        ...key,
        type: name === "Enter" ? "keyDown" : "rawKeyDown",
        text: name === "Enter" ? "\r" : "",
      });
      await ask("Input.dispatchKeyEvent", { ...key, type: "keyUp" });
    },
    picture: async () => {
      const { data } = await ask("Page.captureScreenshot", { captureBeyondViewport: true });
      return Buffer.from(String(data), "base64");
    },
  };
}
