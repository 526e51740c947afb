// npm run bench -- NAME [arguments]: runs bench/NAME.bench.ts.
import { runNamedProgram } from "./named-program.mjs";
import { runMain } from "./setup-error.mjs";

await runMain(() => runNamedProgram({ kind: "bench", what: "benchmark", directory: "bench" }));
