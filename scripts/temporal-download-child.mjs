// A process of its own: the SDK's native code may hang or crash, which must only mean that there is no download.
const [directory, version] = process.argv.slice(2);
try {
  const { Runtime } = await import("@temporalio/worker");
  const { TestWorkflowEnvironment } = await import("@temporalio/testing");
  Runtime.install({ logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} } });
  const environment = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: "cached-download", version, downloadDir: directory },
      log: { format: "pretty", level: "error" },
    },
  });
  await environment.teardown();
  process.exit(0);
} catch (error) {
  console.error(String(/** @type {Error} */ (error).message ?? error).replaceAll("\n", " "));
  process.exit(1);
}
