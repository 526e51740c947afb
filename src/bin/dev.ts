/** Entry point of `npm run dev`, started by scripts/dev.mjs with TEMPORAL_CLI_PATH set. */
import { runDev } from "../dev/run-dev.ts";

await runDev(process.env);
