import { join } from "node:path";
import { z } from "zod";
import { openAppendLog, type AppendLog } from "./append-log.ts";
import { serviceNames } from "./services.ts";

const LedgerLine = z.looseObject({
  at: z.iso.datetime(),
  service: z.enum(serviceNames),
  operation: z.string(),
  key: z.string(),
  orderId: z.string(),
});

const UndoneKey = LedgerLine.extend({ undoes: z.string() });

/** One effect on the outside world, as `ledger.jsonl` has it; further members are the body's, without the card. */
export type LedgerLine = z.infer<typeof LedgerLine>;

/** An undo that came before its step: `undoes` is the key refused from then on. */
export type UndoneKey = z.infer<typeof UndoneKey>;

/** The two files of the sandbox: what happened, and what may never happen. */
export interface Ledger {
  readonly path: string;
  readonly lines: readonly LedgerLine[];
  readonly undoneKeys: readonly UndoneKey[];
  /** Resolves when the effect is on the disk. */
  append(line: LedgerLine): Promise<void>;
  /** Resolves when the refusal of the key is on the disk. */
  refuse(undoneKey: UndoneKey): Promise<void>;
  /** Resolves when every line in `lines` is on the disk. */
  flushed(): Promise<void>;
  close(): Promise<void>;
}

/** Opens `ledger.jsonl` and `undone-keys.jsonl` in the folder and reads what they hold. */
export async function openLedger(dataDir: string): Promise<Ledger> {
  const path = join(dataDir, "ledger.jsonl");
  const undonePath = join(dataDir, "undone-keys.jsonl");
  const effects = await openAppendLog(path);
  let undone: AppendLog | undefined;
  try {
    undone = await openAppendLog(undonePath);
    return createLedger(path, {
      effects,
      undone,
      lines: parseRecords(LedgerLine, effects.records, path),
      undoneKeys: parseRecords(UndoneKey, undone.records, undonePath),
    });
  } catch (error) {
    await effects.close();
    await undone?.close();
    throw error;
  }
}

interface OpenFiles {
  readonly effects: AppendLog;
  readonly undone: AppendLog;
  readonly lines: LedgerLine[];
  readonly undoneKeys: readonly UndoneKey[];
}

function createLedger(path: string, { effects, undone, lines, undoneKeys }: OpenFiles): Ledger {
  return {
    path,
    lines,
    undoneKeys,
    append(line) {
      lines.push(line);
      return effects.append(line);
    },
    refuse: (undoneKey) => undone.append(undoneKey),
    flushed: () => effects.flushed(),
    async close() {
      await Promise.all([effects.close(), undone.close()]);
    },
  };
}

function parseRecords<Schema extends z.ZodType>(
  schema: Schema,
  records: readonly unknown[],
  path: string,
): z.infer<Schema>[] {
  return records.map((record, index) => {
    const parsed = schema.safeParse(record);
    if (parsed.success) return parsed.data;
    throw new Error(`${path}: line ${index + 1} can't be used. ${z.prettifyError(parsed.error)}`);
  });
}
