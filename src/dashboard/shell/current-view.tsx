import { place } from "../router/location.ts";
import { useStore } from "../http/store.ts";
import { match } from "../router/match.ts";
import { Link } from "../router/link.tsx";
import { Page } from "../parts/page.tsx";
import { views } from "./views.tsx";

/** The view that the address names. */
export function CurrentView() {
  const { path } = useStore(place);
  for (const { pattern, show: Show } of views) {
    const params = match(pattern, path);
    // Another address of the same view is another view: nothing of the first one stays.
    if (params) return <Show key={path} params={params} />;
  }
  return (
    <Page title="There is no such page">
      <p>
        Nothing is at this address. <Link to="/">Go to the overview</Link>
      </p>
    </Page>
  );
}
