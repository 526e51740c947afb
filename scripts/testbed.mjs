// npm run testbed: a Temporal server on PostgreSQL, with SQL visibility and four history shards, until Ctrl-C. Both are
// installed or built first when they are missing; nothing of it is kept.
import { ensureDependencies } from "./install.mjs";
import { runMain } from "./setup-error.mjs";
import { prepareTestbed } from "./prepare-testbed.mjs";

await runMain(async () => {
  await ensureDependencies();
  const start = await prepareTestbed({ env: process.env, log: console.error });
  const ended = new Promise((resolve) => {
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.once(signal, resolve);
  });
  const testbed = await start();
  console.log(`The test bed is up: a Temporal server on PostgreSQL at ${testbed.address}, namespace "default".
  TENUTO_TEST_TEMPORAL_ADDRESS=${testbed.address} npm test -- FILE    tests on it
  TEMPORAL_ADDRESS=${testbed.address} npm run dev                     worker, API and sandbox on it
Ctrl-C ends it and throws its data away.`);
  await ended;
  await testbed.stop();
  return 0;
});
