import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1";
import { Deployment } from "kubernetes-models/apps/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { Service } from "kubernetes-models/v1";
import ts from "typescript";
import { parseAllDocuments } from "yaml";
import { app } from "../../src/app.ts";
import { readEnvironment } from "../../src/bin/environment.ts";
import { queuesOf } from "tenuto";
import { parseSlots } from "tenuto/worker";

const folder = new URL("../../deploy/kubernetes/", import.meta.url);

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

// The schemas are those of Kubernetes and of KEDA; that a name is none of theirs, only their types tell.
const models = { Deployment, Service, PodDisruptionBudget, ScaledObject } as const;
const modules = {
  Deployment: "kubernetes-models/apps/v1",
  Service: "kubernetes-models/v1",
  PodDisruptionBudget: "kubernetes-models/policy/v1",
  ScaledObject: "@kubernetes-models/keda/keda.sh/v1alpha1",
} as const;

/** What KEDA's scaler for Temporal takes; its schema has any names. */
const ofTrigger = ["endpoint", "namespace", "taskQueue", "queueTypes", "targetQueueSize", "activationTargetQueueSize"];

describe("the manifests of Kubernetes", () => {
  test("fit the schemas, and a typo does not", async () => {
    const manifests = await read();
    assert.deepEqual(manifests.map(({ kind }) => kind).sort(), Object.keys(models).sort());
    for (const manifest of manifests) {
      const check = (data: object) => new models[manifest.kind as keyof typeof models](data as never).validate();
      check(manifest);
      assert.throws(() => check({ ...manifest, spec: 1 }), manifest.kind);
    }
    assert.deepEqual(wrongNames(manifests), []);
    const mistyped = manifests.map((each) => ({ ...each, spec: { ...each.spec, replicaz: 1 } }));
    assert.equal(wrongNames(mistyped).filter((text) => text.includes("replicaz")).length, manifests.length);
    const [trigger] = manifests.flatMap(({ spec }) => (spec["triggers"] as { metadata: object }[] | undefined) ?? []);
    assert.deepEqual(Object.keys(trigger?.metadata ?? {}).sort(), ofTrigger.sort());
  });

  test("name one another, and what the worker takes", async () => {
    const of = new Map((await read()).map((each) => [each.kind, each]));
    const { name } = of.get("Deployment")?.metadata ?? {};
    assert.deepEqual((of.get("ScaledObject")?.spec["scaleTargetRef"] as { name?: string }).name, name);
    const { template } = of.get("Deployment")?.spec as {
      template: { metadata: { labels: object }; spec: { containers: { env: { name: string; value: string }[] }[] } };
    };
    for (const [kind, selector] of [
      ["Service", of.get("Service")?.spec["selector"]],
      ["PodDisruptionBudget", (of.get("PodDisruptionBudget")?.spec["selector"] as { matchLabels: object }).matchLabels],
    ] as const)
      assert.deepEqual(selector, template.metadata.labels, kind);
    const env = Object.fromEntries(template.spec.containers[0]?.env.map((each) => [each.name, each.value]) ?? []);
    const { queues = [], slots = "" } = readEnvironment(env);
    const known = queuesOf(app);
    assert.ok(queues.every((queue) => known.some((each) => each.queue === queue)));
    parseSlots(slots);
    const [trigger] = of.get("ScaledObject")?.spec["triggers"] as { metadata: { taskQueue: string } }[];
    assert.ok(known.some(({ taskQueue }) => taskQueue === trigger?.metadata.taskQueue));
  });
});

/** What the compiler says of manifests that are written as literals of their types. */
function wrongNames(manifests: readonly Manifest[]): readonly string[] {
  const lines = manifests.map(({ kind, ...rest }, index) => {
    const from = modules[kind as keyof typeof modules];
    const type = `ConstructorParameters<typeof import("${from}").${kind}>[0]`;
    const { apiVersion: _, ...data } = rest as Record<string, unknown>;
    return `export const _${index}: ${type} = ${JSON.stringify(data)};`;
  });
  const name = fileURLToPath(new URL("manifests-as-code.ts", import.meta.url));
  const options: ts.CompilerOptions = {
    ...{ noEmit: true, strict: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022 },
    ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  };
  const host = ts.createCompilerHost(options);
  const source = ts.createSourceFile(name, lines.join("\n"), ts.ScriptTarget.ES2022);
  const real = ts.createCompilerHost(options);
  host.getSourceFile = (file, ...more) => (file === name ? source : real.getSourceFile(file, ...more));
  host.fileExists = (file) => file === name || real.fileExists(file);
  const program = ts.createProgram([name], options, host);
  const found = program.getSemanticDiagnostics(program.getSourceFile(name));
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

async function read(): Promise<readonly Manifest[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".yaml"));
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), "utf8")));
  return texts.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as Manifest));
}
