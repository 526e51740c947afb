import { render } from "preact";
import { App } from "./shell/app.tsx";
import { applyTheme } from "./shell/theme.ts";
import "./styles/index.css";

applyTheme();
const place = document.getElementById("page");
if (place) render(<App />, place);
