import { useId } from "preact/hooks";
import { useStore } from "../http/store.ts";
import { chooseTheme, type Theme, theme } from "./theme.ts";

const names: Readonly<Record<Theme, string>> = { system: "As the system", light: "Light", dark: "Dark" };

/** Light, dark, or as the machine is set. */
export function ThemeChoice() {
  const current = useStore(theme);
  const id = useId();
  return (
    <div class="theme">
      <label for={id}>Colours</label>
      <select id={id} value={current} onChange={({ currentTarget }) => chooseTheme(currentTarget.value as Theme)}>
        {Object.entries(names).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
