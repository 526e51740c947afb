// npm run fuzz -- NAME [arguments]: runs test/fuzz/NAME.fuzz.ts, which sends what a generator makes up.
import { runNamedProgram } from "./named-program.mjs";
import { runMain } from "./setup-error.mjs";

await runMain(() => runNamedProgram({ kind: "fuzz", what: "fuzzer", directory: "test/fuzz" }));
