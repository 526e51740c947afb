// Preloaded by `--import`: Node runs the project's TypeScript with its types blanked out, as Node 22 and newer do by themselves.
// Lines and columns stay, so nobody needs source maps.
import Module, { register } from "node:module";
import { isMainThread } from "node:worker_threads";
import { commonJsSource } from "./stripped-source.mjs";

// Temporal requires the converters that it is given by path.
Module._extensions[".ts"] = (module, filename) => module._compile(commonJsSource(filename), filename);

// Worker threads inherit `--import`. Temporal's load no TypeScript, and a thread of hooks for each would cost more than they do.
if (isMainThread) register("./strip-types-hooks.mjs", import.meta.url);
