#!/usr/bin/env node
// The command `tenuto`, of the repository and of the package. All but `events run` talks to the API only.
import { readFileSync } from "node:fs";
import { runCli } from "../cli/main.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};
const { stdin, stdout, stderr } = process;

// Whoever reads has enough, such as `head`.
for (const stream of [stdout, stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
}

const { TENUTO_URL, TENUTO_API_KEY, COLUMNS } = process.env;
process.exitCode = await runCli(process.argv.slice(2), {
  stdin,
  stdout,
  stderr,
  version,
  url: TENUTO_URL || undefined,
  apiKey: TENUTO_API_KEY,
  columns: COLUMNS,
  variables: process.env,
});
