import { place, placeWith } from "../router/location.ts";
import { useStore } from "../http/store.ts";
import { Link } from "../router/link.tsx";

/** A page of a list, as the API answers it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Leads to the next page, and back to the first; each is a place of its own, so that the back button works. */
export function Pager({ nextCursor }: { readonly nextCursor: string | null }) {
  const { path, query } = useStore(place);
  const isFirst = query["cursor"] === undefined;
  if (isFirst && nextCursor === null) return null;
  return (
    <nav class="pager" aria-label="Pages of the list">
      {!isFirst && <Link to={placeWith(path, { ...query, cursor: undefined })}>First page</Link>}
      {nextCursor !== null && <Link to={placeWith(path, { ...query, cursor: nextCursor })}>Next page</Link>}
    </nav>
  );
}
