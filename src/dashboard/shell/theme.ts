import { createStore } from "../http/store.ts";

/** `system` is what the machine is set to. */
export type Theme = "system" | "light" | "dark";

const kept = "tenuto-theme";

export const theme = createStore<Theme>(keptTheme());

/** Colours the page, now and whenever somebody chooses. */
export function applyTheme(): void {
  const apply = () => {
    const chosen = theme.get();
    if (chosen === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = chosen;
  };
  apply();
  theme.subscribe(apply);
}

export function chooseTheme(chosen: Theme): void {
  theme.set(chosen);
  try {
    localStorage.setItem(kept, chosen);
  } catch {
    // A browser that keeps nothing begins with the machine's again.
  }
}

function keptTheme(): Theme {
  try {
    const value = localStorage.getItem(kept);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system";
  }
}
