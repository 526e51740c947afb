// npm run chaos -- NAME [arguments]: runs test/chaos/NAME.chaos.ts, the long form of a test that kills.
import { runNamedProgram } from "./named-program.mjs";
import { runMain } from "./setup-error.mjs";

await runMain(() => runNamedProgram({ kind: "chaos", what: "chaos run", directory: "test/chaos" }));
