import { createStore } from "./store.ts";

/** Whether what is on the page changes by itself. */
export type Live =
  /** Nothing here does: it is as it was when it was asked for. */
  | { readonly status: "still" }
  | { readonly status: "connecting" }
  | { readonly status: "live" }
  | { readonly status: "away"; readonly why: string };

export const live = createStore<Live>({ status: "still" });
