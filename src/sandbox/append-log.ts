/**
 * A file of JSON lines that only grows. A record counts once it is written *and* fsynced, which is when `append`
 * resolves; records that arrive during an fsync share the next one. A failed write fails every later one too: what
 * the file then holds is known only by reading it again. A crash can tear only the last line, which nobody was
 * answered for, so opening cuts it off; a bad line anywhere else refuses to open.
 */
import { mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

/** An open file of JSON lines. */
export class AppendLog {
  /** What the file held when it was opened. */
  readonly records: readonly unknown[];
  readonly #handle: FileHandle;
  #batch: string[] = [];
  #next: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(handle: FileHandle, records: readonly unknown[]) {
    this.#handle = handle;
    this.records = records;
  }

  /** Resolves when the record is on the disk. */
  append(record: object): Promise<void> {
    this.#batch.push(`${JSON.stringify(record)}\n`);
    if (this.#next === undefined) {
      this.#next = this.#last.then(() => this.#writeBatch());
      this.#last = this.#next;
    }
    return this.#next;
  }

  /** Resolves when every record appended so far is on the disk. */
  flushed(): Promise<void> {
    return this.#last;
  }

  /** Waits for what is being written, then lets go of the file. */
  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#handle.close();
  }

  async #writeBatch(): Promise<void> {
    this.#next = undefined;
    const text = this.#batch.splice(0).join("");
    await this.#handle.appendFile(text);
    await this.#handle.sync();
  }
}

/**
 * Opens the file, creating it and its folder when needed, and cuts a torn last line off.
 *
 * @throws when a line before the last is not JSON.
 */
export async function openAppendLog(path: string): Promise<AppendLog> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, "a+");
  try {
    const bytes = await handle.readFile();
    const { records, end } = readRecords(bytes, path);
    if (end < bytes.length) await handle.truncate(end);
    await handle.sync();
    await syncFolder(dirname(path));
    return new AppendLog(handle, records);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function readRecords(bytes: Buffer, path: string): { readonly records: readonly unknown[]; readonly end: number } {
  const records: unknown[] = [];
  let end = 0;
  while (end < bytes.length) {
    const newline = bytes.indexOf("\n", end);
    const record = newline < 0 ? undefined : parseJson(bytes.toString("utf8", end, newline));
    if (record === undefined) {
      const isLast = newline < 0 || newline + 1 === bytes.length;
      if (isLast) break;
      throw new Error(`${path}: line ${records.length + 1} is not JSON. Correct it, or start with an empty folder.`);
    }
    records.push(record);
    end = newline + 1;
  }
  return { records, end };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A new file's name is safe only once its folder is on the disk too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
