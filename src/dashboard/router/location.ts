import { pageRoot } from "../http/root.ts";
import { createStore } from "../http/store.ts";

/** Where the page is: a path below `/dashboard`, such as `/runs`, and what is in its query. */
export interface Place {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

export const place = createStore<Place>(currentPlace());

addEventListener("popstate", () => place.set(currentPlace()));

/** Goes somewhere in the page; `isReplacing` leaves no step for the back button. */
export function navigate(to: string, { isReplacing = false }: { readonly isReplacing?: boolean } = {}): void {
  const address = hrefOf(to);
  if (isReplacing) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  place.set(currentPlace());
}

/** The address of a place in the page, to be opened anywhere. */
export function hrefOf(to: string): string {
  return to.startsWith("/?") ? `${pageRoot}${to.slice(1)}` : `${pageRoot}${to === "/" ? "" : to}`;
}

/** A place with a query; what is `undefined` or empty is left out. */
export function placeWith(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => (entry[1] ?? "") !== "");
  const text = new URLSearchParams(entries).toString();
  return text === "" ? path : `${path}?${text}`;
}

/** Changes some of the query, where the page is. */
export function changeQuery(changes: Readonly<Record<string, string | undefined>>): void {
  const { path, query } = place.get();
  navigate(placeWith(path, { ...query, ...changes }));
}

function currentPlace(): Place {
  const { pathname, search } = window.location;
  const path = pathname.startsWith(pageRoot) ? pathname.slice(pageRoot.length).replace(/\/+$/, "") : "";
  return { path: path === "" ? "/" : path, query: Object.fromEntries(new URLSearchParams(search)) };
}
