// Run by scripts/test.mjs while the tests run: bundles the workflows that the processes of the tests ask for, each once, into
// the directory it is given. A bundler that is warm takes a third of the time that a new process needs.
import { randomUUID } from "node:crypto";
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { BundleRequest } from "../../src/sdk/worker/bundle-source.ts";
import { bundleWorkflows } from "../../src/sdk/worker/bundle-workflows.ts";
import { bundleSystemWorkflows, systemWorkflowsPath } from "../../src/sdk/worker/system-worker.ts";
import { bundleFile, bundleSocket } from "./bundle-files.ts";

const [, , directory] = process.argv;
if (directory === undefined) throw new Error("Give the directory that the bundles go to");

/** One after another: each of them fills a core. */
let last: Promise<unknown> = Promise.resolve();

createServer((request, response) => {
  last = last
    .then(() => bundle(request, directory))
    // Whoever asked makes it, and gets the error.
    .catch(() => undefined)
    .finally(() => response.end());
}).listen(bundleSocket(directory), () => process.send?.("ready"));

async function bundle(request: IncomingMessage, place: string): Promise<void> {
  const wanted = JSON.parse(await text(request)) as BundleRequest;
  const file = bundleFile(place, wanted);
  if (existsSync(file)) return;
  const { path, ...options } = wanted;
  const made = path === systemWorkflowsPath ? await bundleSystemWorkflows() : await bundleWorkflows(path, options);
  // Whole or not at all, for who reads it at the same time.
  const unfinished = `${file}.${randomUUID()}`;
  writeFileSync(unfinished, JSON.stringify(made));
  renameSync(unfinished, file);
}
