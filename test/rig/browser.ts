// A real browser: Debian's Chromium, driven by playwright-core. What is pressed and filled is found as a person finds it, must be to be
// seen, and is clicked where it is: what lies under something else can't be pressed.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { after, before } from "node:test";
import { type Browser, chromium as driver, type Locator } from "playwright-core";
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
  /** Runs a script in a page whose policy allows that; it leaves no element. */
  run(script: string): Promise<void>;
  /** Waits until an expression in the page holds. */
  holds(expression: string): Promise<void>;
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

/** For an element that is to be pressed or filled. */
const withinMs = 60_000;

/** Starts the browser; who starts it closes it. */
export function startBrowser(): Promise<Browser> {
  const args = ["--disable-gpu", "--disable-dev-shm-usage"];
  return driver.launch({ executablePath: chromium ?? "chromium", chromiumSandbox: false, args });
}

/** Gives a file a browser, from its first test to its last. */
export function browser(): { readonly open: (options?: TabOptions) => Promise<Tab> } {
  let started: Browser | undefined;
  before(async () => {
    started = await startBrowser();
  });
  after(() => started?.close());
  return {
    open: async (options = {}) => {
      if (!started) throw new Error("Not there before the tests run");
      return openTab(started, options);
    },
  };
}

async function openTab(started: Browser, { width = 900, theme = "light" }: TabOptions): Promise<Tab> {
  // Each is of a person of its own: it shares no cookies.
  const context = await started.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  page.setDefaultTimeout(withinMs);
  const complaints: string[] = [];
  page.on("console", (message) => {
    complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => complaints.push(String(error.stack)));
  const read = <Value>(expression: string) => page.evaluate<Value>(expression);
  const holds = async (expression: string) => {
    await eventually(expression, () => read<boolean>(expression).catch(whileNavigating));
  };
  // A dialog stands in front of all else.
  const front = async (): Promise<Locator> => {
    const dialog = page.locator("dialog[open]");
    return (await dialog.count()) > 0 ? dialog : page.locator("body");
  };
  const labelled = async (label: string) => (await front()).getByLabel(label, { exact: true }).first();
  const withText = async (kinds: string, text: string) =>
    (await front())
      .locator(kinds)
      .filter({ hasText: wholeText(text) })
      .filter({ visible: true })
      .first();
  return {
    complaints,
    read,
    holds,
    goTo: async (url) => {
      await page.goto(url);
    },
    run: async (script) => {
      await page.addScriptTag({ content: `${script}\ndocument.currentScript.remove();` });
    },
    shows: (text) => holds(`document.body?.innerText.includes(${JSON.stringify(text)})`),
    fill: async (label, text) => (await labelled(label)).fill(text),
    choose: async (label, option) => {
      await (await labelled(label)).selectOption({ label: option });
    },
    press: async (button) => (await withText("button, summary", button)).click(),
    follow: async (link) => (await withText("a", link)).click(),
    back: async () => {
      await page.goBack();
    },
    key: (name) => page.keyboard.press(name),
    picture: () => page.screenshot({ fullPage: true }),
  };
}

/** Of a page that goes somewhere else just now, nothing holds yet. */
function whileNavigating(error: unknown): false {
  if (error instanceof Error && error.message.includes("Execution context was destroyed")) return false;
  throw error;
}

function wholeText(text: string): RegExp {
  return new RegExp(`^${text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")}$`);
}
