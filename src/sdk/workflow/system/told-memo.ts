import { upsertMemo } from "@temporalio/workflow";

/** A memo field that is written when what it tells has changed. */
export class ToldMemo {
  readonly #name: string;
  #told = "";

  constructor(name: string) {
    this.#name = name;
  }

  tell(record: unknown): void {
    const text = JSON.stringify(record);
    if (text === this.#told) return;
    this.#told = text;
    upsertMemo({ [this.#name]: record });
  }
}
