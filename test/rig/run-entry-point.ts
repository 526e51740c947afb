// Runs `src/bin/NAME.ts` as users do, but for the bundling that another process has done. (Not by `--import`: Temporal's worker
// threads inherit that, and load no TypeScript.)
const [, , name] = process.argv;
if (name === undefined) throw new Error("Name the entry point");
if (name !== "sandbox") await import("./kept-bundles.ts");
await import(`../../src/bin/${name}.ts`);
