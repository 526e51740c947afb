import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { HistoryFixture } from "tenuto/testing";

/** A folder of recorded histories. What is there stays, because released code made it: only `replace` records it again. */
export class HistoryFolder {
  readonly #path: string;
  readonly #replace: boolean;

  constructor(path: string, { replace }: { readonly replace: boolean }) {
    this.#path = path;
    this.#replace = replace;
  }

  /** Whether a history of that name may be written. */
  takes(name: string): boolean {
    return this.#replace || !existsSync(this.#file(name));
  }

  /** @throws Error when there is one, and it is not to be replaced. */
  async write(name: string, fixture: HistoryFixture): Promise<void> {
    await mkdir(this.#path, { recursive: true });
    const text = `${JSON.stringify(fixture, null, 1)}\n`;
    await writeFile(this.#file(name), text, { flag: this.#replace ? "w" : "wx" });
    console.log(`${name}.json: ${fixture.history.events.length} events`);
  }

  #file(name: string): string {
    return join(this.#path, `${name}.json`);
  }
}
