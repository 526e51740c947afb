import { useState } from "preact/hooks";
import { isAllowed, type Principal } from "../http/session-store.ts";
import { signOut } from "../http/session.ts";
import { useStore } from "../http/store.ts";
import { place } from "../router/location.ts";
import { Link } from "../router/link.tsx";
import { tell } from "../parts/toast.tsx";
import { LiveStatus } from "./live-status.tsx";
import { ThemeChoice } from "./theme-choice.tsx";
import { type View, views } from "./views.tsx";

export interface NavigationProps {
  readonly principal: Principal;
  /** Whether they signed in here, and can sign out. */
  readonly isSession: boolean;
}

/** The way to all views, who uses the page, and how it looks. On a phone it is folded. */
export function Navigation({ principal, isSession }: NavigationProps) {
  const { path } = useStore(place);
  const [isOpen, setOpen] = useState(false);
  const shown = views.filter(({ title, role = "viewer" }) => title !== undefined && isAllowed(role));
  const groups = [...new Set(shown.map(({ group }) => group))];
  return (
    <header class={isOpen ? "side is-open" : "side"}>
      <div class="brand">
        <Link to="/" class="name">
          Tenuto
        </Link>
        <LiveStatus />
        <button class="menu" aria-expanded={isOpen} aria-controls="navigation" onClick={() => setOpen(!isOpen)}>
          Menu
        </button>
      </div>
      <div class="folded" id="navigation">
        <nav aria-label="Views">
          {groups.map((group) => (
            <div key={group ?? ""} class="nav-group">
              {group !== undefined && <p class="nav-title">{group}</p>}
              <ul>
                {shown
                  .filter((view) => view.group === group)
                  .map((view) => (
                    <li key={view.pattern}>
                      <Link to={view.pattern} isCurrent={isIn(view, path)} onGo={() => setOpen(false)}>
                        {view.title}
                      </Link>
                    </li>
                  ))}
              </ul>
            </div>
          ))}
        </nav>
        <div class="who">
          <p>
            <span dir="auto">{principal.name}</span> <span class="quiet">{roleOf(principal)}</span>
          </p>
          {isSession && (
            <button onClick={() => void signOut().catch((error: unknown) => tell(String(error)))}>Sign out</button>
          )}
          <ThemeChoice />
        </div>
      </div>
    </header>
  );
}

function isIn({ pattern }: View, path: string): boolean {
  return pattern === "/" ? path === "/" : path === pattern || path.startsWith(`${pattern}/`);
}

function roleOf({ role, tenant }: Principal): string {
  return tenant === undefined ? role : `${role} of ${tenant}`;
}
