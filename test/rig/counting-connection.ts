import type { Connection } from "@temporalio/client";

/** Counts lists and counts that go over a connection. */
export function countingConnection(connection: Connection): {
  readonly connection: Connection;
  readonly requests: () => number;
} {
  let requests = 0;
  const service = new Proxy(connection.workflowService, {
    get(target, name) {
      const method = Reflect.get(target, name) as unknown;
      if (typeof method !== "function") return method;
      return (...args: unknown[]) => {
        if (/^(list|count)WorkflowExecutions$/.test(String(name))) requests += 1;
        return method.apply(target, args) as unknown;
      };
    },
  });
  const counted = new Proxy(connection, {
    get(target, name) {
      if (name === "workflowService") return service;
      const member = Reflect.get(target, name) as unknown;
      return typeof member === "function" ? (member.bind(target) as unknown) : member;
    },
  });
  return { connection: counted, requests: () => requests };
}
