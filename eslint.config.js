import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { builtinRules } from "eslint/use-at-your-own-risk";
import { defineConfig } from "eslint/config";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

const contracts = ["src/workflows/**.contract.ts", "src/activities/**.contract.ts"];

/**
 * What each zone may import (CONTRIBUTING.md, "Zones"); all else is an error. A file's zone is the last one that it
 * matches. An entry is a path in the project or a package as it is written in the import; `*` stops at a slash, `**` does
 * not. `types` is what only `import type` may name. A package that a zone is to use for the first time is added here.
 */
const zones = [
  { files: "src/**", may: [] },

  // What users import. Inside, paths are relative; "tenuto/…" is the way in for everybody else.
  { files: "src/sdk/core/**", may: ["src/sdk/core/**", "@noble/hashes/**", "canonicalize"], types: ["zod"] },
  {
    files: "src/sdk/core/**.contract.ts",
    may: ["src/sdk/core/**", "zod"],
  },
  {
    files: "src/sdk/workflow/**",
    may: ["src/sdk/core/**", "src/sdk/workflow/**", "@temporalio/workflow", "@temporalio/common"],
    types: ["zod"],
  },
  { files: "src/sdk/activity/**", may: nodeSdk("src/sdk/activity/**") },
  {
    files: "src/sdk/worker/**",
    may: nodeSdk("src/sdk/worker/**", "src/sdk/activity/**", "src/sdk/client/**", "nodemailer", "prom-client"),
  },
  { files: "src/sdk/client/**", may: nodeSdk("src/sdk/client/**", "jose") },
  { files: "src/sdk/tracing/**", may: ["src/sdk/tracing/**", "src/sdk/core/**", "@opentelemetry/*", "node:**"] },
  {
    files: "src/sdk/testing/**",
    may: nodeSdk("src/sdk/testing/**", "src/sdk/activity/**", "src/sdk/worker/**", "src/sdk/client/**"),
  },

  // The service. It uses the SDK as a user does.
  {
    files: "src/api/**",
    may: nodeService(
      "src/api/**",
      ...["better-sse", "express", "express-rate-limit", "helmet", "jose", "pino", "prom-client"],
    ),
  },
  {
    files: "src/events/**",
    may: nodeService("src/events/**", "amqplib", "@aws-sdk/client-sqs", "redis", "cloudevents"),
  },
  // It talks HTTP, and begins without Temporal's SDK, which takes long to load.
  { files: "src/cli/**", may: ["src/cli/**", "tenuto", "commander", "node:**"], types: ["tenuto/client"] },
  { files: "src/cli/core-metrics.ts", may: ["src/cli/**"], types: ["tenuto/worker"] },
  // It is a consumer of its own, and loads what that takes when it is asked for.
  {
    files: "src/cli/run-events.ts",
    may: ["src/cli/**", "tenuto", "tenuto/client", "tenuto/events", "pino", "node:**"],
  },
  // So is a worker of a project, as a process.
  {
    files: "src/cli/{run-worker,worker-log}.ts",
    may: ["src/cli/**", "tenuto", "tenuto/client", "tenuto/worker", "@temporalio/worker", "pino", "node:**"],
  },
  // It talks HTTP, and runs in a browser: of ours it knows types only.
  {
    files: "src/dashboard/**",
    may: ["src/dashboard/**", "preact", "preact/**", "uplot", "uplot/**", "@dagrejs/dagre"],
    types: ["tenuto", "tenuto/client", "src/api/catalogue.ts"],
  },
  {
    files: "src/dev/**",
    may: ["src/dev/**", "src/bin/environment.ts", "src/sdk/worker/free-port.ts", "node:**", "yaml"],
  },

  // The shop. It uses Tenuto as a user does.
  { files: "src/app.ts", may: ["tenuto", ...contracts, "src/sources/**", "src/schedules/**", "zod"] },
  { files: "src/schedules/**", may: ["tenuto", ...contracts] },
  { files: "src/sources/**", may: ["tenuto", "tenuto/events", ...contracts, "zod"] },
  {
    files: "src/workflows/**",
    may: ["src/workflows/**", "src/activities/**.contract.ts", "tenuto", "tenuto/workflow"],
    types: ["src/activities/**"],
  },
  { files: "src/workflows/**.contract.ts", may: [...contracts, "tenuto", "zod"] },
  { files: "src/activities/**", may: ["src/activities/**", "tenuto", "tenuto/activity", "zod", "node:**"] },
  { files: "src/activities/**.contract.ts", may: ["src/activities/**.contract.ts", "tenuto", "zod"] },
  { files: "src/sandbox/**", may: ["src/sandbox/**", "zod", "express", "node:**"] },

  // Process entry points: they put the parts together.
  {
    files: "src/bin/**",
    may: [
      ...["src/bin/**", "src/app.ts", "src/activities/**", "src/sandbox/**", "src/cli/**"],
      ...["tenuto", "tenuto/**", "@temporalio/**", "zod", "pino", "prom-client", "node:**"],
    ],
    types: ["src/workflows/**"],
  },
  { files: "src/bin/dev.ts", may: ["src/bin/**", "src/dev/**", "node:**"] },
];

/** @param {readonly string[]} own */
function nodeSdk(...own) {
  return [...own, "src/sdk/core/**", "@temporalio/**", "@noble/hashes/**", "canonicalize", "zod", "node:**"];
}

/** @param {readonly string[]} own */
function nodeService(...own) {
  return [...own, "tenuto", "tenuto/client", "zod", "node:**"];
}

/** Globals of Node that workflow code doesn't have, or must not use. Date, Math.random and setTimeout are Temporal's there. */
const notInTheIsolate = [
  ...["process", "fetch", "Buffer", "require", "setInterval", "clearInterval", "setImmediate", "clearImmediate"],
  ...["crypto", "performance", "structuredClone", "queueMicrotask", "WeakRef", "FinalizationRegistry"],
].map((name) => ({
  name,
  message: "Workflow code runs in Temporal's isolate, where this is missing or not deterministic.",
}));

const builtins =
  "/^(Object|Function|Array|String|Number|Boolean|Symbol|BigInt|Promise|RegExp|Error|Map|Set|Date|Math|JSON|Reflect)$/";
const changers = "/^(assign|defineProperty|defineProperties|setPrototypeOf)$/";
const leaks = "A change to a builtin or a global leaks to all other runs in the process.";

const everywhere = [
  { selector: "TSEnumDeclaration", message: "Use a union of literals instead of an enum." },
  { selector: `AssignmentExpression > MemberExpression.left[object.name=${builtins}]`, message: leaks },
  {
    selector: `CallExpression[callee.object.name=/^(Object|Reflect)$/][callee.property.name=${changers}] > MemberExpression.arguments:first-child[property.name='prototype']`,
    message: leaks,
  },
];
const inTheIsolate = [
  ...everywhere,
  { selector: "AssignmentExpression > MemberExpression.left[object.name='globalThis']", message: leaks },
  { selector: "UnaryExpression[operator='delete'] > MemberExpression[object.name='globalThis']", message: leaks },
  {
    selector: `CallExpression[callee.object.name=/^(Object|Reflect)$/][callee.property.name=${changers}] > Identifier.arguments:first-child[name='globalThis']`,
    message: leaks,
  },
];

const pure = "The core is pure: take the time, or the random number, as a parameter.";
const inTheCore = [
  ...inTheIsolate,
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: pure },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: pure },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: pure },
  { selector: "CallExpression[callee.name=/^(setTimeout|clearTimeout)$/]", message: pure },
  {
    selector: ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind!='const']",
    message: "All runs of a worker share the core: keep no state in it.",
  },
];

const root = dirname(fileURLToPath(import.meta.url));

export default defineConfig(
  { ignores: ["dist/", ".tenuto/", "**/*.d.mts"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    rules: {
      ...recommendedRules(),
      "no-extend-native": "error",
      "no-proto": "error",
      eqeqeq: "error",
      "no-restricted-syntax": ["error", ...everywhere],
    },
  },
  { plugins: { "import-x": importX, tenuto: { rules: { zones: zonesRule() } } } },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    settings: {
      "import-x/extensions": [".ts", ".tsx"],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".tsx", ".js"] })],
    },
    rules: {
      "import-x/no-cycle": "error",
      "import-x/no-default-export": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // It can't see a flag that a callback changes, and what JSON or a JavaScript caller gives is not what its type says.
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Handed on as a function, assert.fail is taken for its old overload.
      "@typescript-eslint/no-deprecated": ["error", { allow: [{ from: "package", package: "assert", name: "fail" }] }],
      // An empty record is how a generic says "none declared".
      "@typescript-eslint/no-generated-empty-object-type": "off",
      // A contract asks for async functions, and some have nothing to wait for.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { inheritedMethods: false } }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", package: "node:test", name: ["test", "describe", "it", "suite", "before", "after"] },
          ],
        },
      ],
    },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    languageOptions: {
      globals: Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, "readonly"])),
    },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: {
      sourceType: "commonjs",
      globals: { module: "writable", require: "readonly", exports: "writable" },
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/bin/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        {
          object: "process",
          property: "env",
          message: "Only src/bin reads the environment; take what you need as a parameter.",
        },
      ],
    },
  },
  {
    files: ["src/sdk/core/**", "src/sdk/workflow/**", "src/workflows/**"],
    rules: {
      "no-restricted-globals": ["error", { globals: notInTheIsolate, checkGlobalObject: true }],
      "no-restricted-syntax": ["error", ...inTheIsolate],
    },
  },
  { files: ["src/sdk/core/**"], rules: { "no-restricted-syntax": ["error", ...inTheCore] } },
  { files: ["src/sdk/workflow/**/*.cjs"], rules: { "no-restricted-globals": "off" } },
  ...zones.map((zone) => ({ files: [eslintPattern(zone.files)], rules: { "tenuto/zones": ["error", zone] } })),
);

/** ESLint's own list, `eslint:recommended`, without a dependency on `@eslint/js`. */
function recommendedRules() {
  const names = [...builtinRules].flatMap(([name, rule]) => (rule.meta?.docs?.recommended ? [name] : []));
  return Object.fromEntries(names.map((name) => [name, "error"]));
}

/** In ESLint's patterns `**` stands for whole folders only. @param {string} pattern */
function eslintPattern(pattern) {
  return pattern.replace(/\*\*\./, "**/*.");
}

/** Compares what a file imports with the entry of its zone. @returns {import("eslint").Rule.RuleModule} */
function zonesRule() {
  return {
    meta: { type: "problem", schema: [{ type: "object" }] },
    create(context) {
      const { files: zone, may, types = [] } = context.options[0];
      /** @param {any} node @param {any} source @param {boolean} isType */
      const check = (node, source, isType) => {
        if (typeof source?.value !== "string") return;
        const target = importedThing(source.value, context.filename);
        const allowed = isType ? [...may, ...types] : may;
        if (allowed.some((/** @type {string} */ pattern) => matches(pattern, target))) return;
        context.report({ node: source, message: describe({ zone, target, may, types }) });
      };
      return {
        ImportDeclaration: (/** @type {any} */ node) => check(node, node.source, node.importKind === "type"),
        ExportNamedDeclaration: (/** @type {any} */ node) => check(node, node.source, node.exportKind === "type"),
        ExportAllDeclaration: (/** @type {any} */ node) => check(node, node.source, node.exportKind === "type"),
        ImportExpression: (node) => check(node, node.source, false),
        TSImportType: (/** @type {any} */ node) => check(node, node.source, true),
      };
    },
  };
}

/** A relative import as a path from the project's root, and any other as it is. @param {string} source @param {string} importer */
function importedThing(source, importer) {
  if (!source.startsWith(".")) return source;
  return relative(root, join(dirname(importer), source))
    .split(sep)
    .join("/");
}

/** @param {string} pattern @param {string} target */
function matches(pattern, target) {
  const expression = pattern.replace(/\*\*|[*.]/g, (part) => ({ "**": ".*", "*": "[^/]*" })[part] ?? `\\${part}`);
  return new RegExp(`^${expression}$`).test(target);
}

/** @param {{ zone: string, target: string, may: readonly string[], types: readonly string[] }} problem */
function describe({ zone, target, may, types }) {
  const asType = types.length > 0 ? `; with "import type" also ${types.join(", ")}` : "";
  const allowed = may.length > 0 ? `It may import ${may.join(", ")}${asType}` : "Give it an entry in eslint.config.js";
  return `The zone ${zone} may not import ${JSON.stringify(target)}. ${allowed}. See "Zones" in CONTRIBUTING.md.`;
}
