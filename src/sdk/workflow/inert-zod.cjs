"use strict";
// What `zod` is in the isolate: contract files stay ordinary modules, their schemas are inert. Real zod costs 0.7 to
// 1.0 MB of memory for every cached run. Any name, call or chain gives the same stub; using a schema says why it can't.

const uses = new Set(["parse", "safeParse", "parseAsync", "safeParseAsync", "decode", "encode", "toJSONSchema"]);
// What engines, bundlers and JSON probe objects for; anything but `undefined` would make the stub look like a promise.
const probes = new Set(["then", "toJSON", "$$typeof"]);

const schema = new Proxy(function inertSchema() {}, {
  apply: () => schema,
  construct: () => schema,
  get: (_target, name) => {
    if (typeof name === "symbol" || probes.has(name)) return undefined;
    if (uses.has(name))
      throw new Error(
        `Schemas are inert in workflow code: "${name}" can't be used there. Use it in an activity or in the API.`,
      );
    return schema;
  },
});

module.exports = new Proxy(
  {},
  {
    get: (_target, name) =>
      name === "__esModule" ? true : typeof name === "symbol" || probes.has(name) ? undefined : schema,
  },
);
