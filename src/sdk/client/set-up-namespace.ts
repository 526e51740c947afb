/**
 * Makes a namespace what Tenuto needs. Every step asks before it changes, so it is safe to repeat and to run twice at
 * once: of two that register, one is told "already exists" and goes on. Retention is lengthened, never shortened,
 * because shortening deletes histories. It fails when an attribute exists with another type, or when time runs out.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { isGrpcServiceError, type Connection } from "@temporalio/client";
import { msToTs } from "@temporalio/common/lib/time.js";
import proto from "@temporalio/proto";
import { ownSearchAttributes } from "../core/search-attributes.ts";

const { IndexedValueType } = proto.temporal.api.enums.v1;

const attributeTypes = {
  Bool: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  Double: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  Int: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KeywordList: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  Text: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
} as const;

/** A search attribute's type, spelled as Temporal's command line spells it. */
export type SearchAttributeKind = keyof typeof attributeTypes;

/** Every {@link SearchAttributeKind}. */
export const searchAttributeKinds = Object.keys(attributeTypes) as readonly SearchAttributeKind[];

export interface NamespaceSettings {
  /** The namespace to register, or to bring up to date. */
  readonly namespace: string;
  /** How many days a closed run is kept at least. */
  readonly retentionDays: number;
  /** Custom search attributes by name; others that the namespace has stay. @default those that Tenuto needs */
  readonly searchAttributes?: Readonly<Record<string, SearchAttributeKind>>;
  /**
   * How long to wait until the namespace can be used, in milliseconds.
   *
   * @default 30000
   */
  readonly timeoutMs?: number;
}

/** What {@link setUpNamespace} changed. */
export interface NamespaceChanges {
  readonly registered: boolean;
  readonly retentionLengthened: boolean;
  readonly attributesAdded: readonly string[];
}

/** A namespace that could not be made what Tenuto needs. */
export class NamespaceSetupFailed extends Error {
  override readonly name = "NamespaceSetupFailed";
  readonly code = "NAMESPACE_SETUP_FAILED";
  readonly namespace: string;

  constructor(namespace: string, problem: string, options?: ErrorOptions) {
    super(`The namespace "${namespace}" could not be set up: ${problem}`, options);
    this.namespace = namespace;
  }
}

/**
 * Registers the namespace if it is missing, lengthens its retention, adds its search attributes, and returns when a
 * workflow can be started and listed in it.
 *
 * @throws {@link NamespaceSetupFailed} when an attribute exists with another type, or the namespace can't be used in time.
 * @example
 * await setUpNamespace(connection, { namespace: "default", retentionDays: 90 });
 */
export async function setUpNamespace(connection: Connection, settings: NamespaceSettings): Promise<NamespaceChanges> {
  const deadline = Date.now() + (settings.timeoutMs ?? 30_000);
  return connection.withDeadline(deadline, async () => {
    const registered = await registerUnlessThere(connection, settings);
    const retentionLengthened = !registered && (await lengthenRetention(connection, settings));
    const until = { namespace: settings.namespace, deadline };
    const attributesAdded = await repeatWhile(
      [status.notFound, status.alreadyExists],
      () => addMissingAttributes(connection, settings),
      until,
    );
    await repeatWhile([status.notFound, status.invalidArgument], () => countByAttributes(connection, settings), until);
    return { registered, retentionLengthened, attributesAdded };
  });
}

async function registerUnlessThere(connection: Connection, settings: NamespaceSettings): Promise<boolean> {
  const { namespace } = settings;
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return false;
  } catch (error) {
    if (!hasCode(error, status.notFound)) throw error;
  }
  try {
    const workflowExecutionRetentionPeriod = msToTs(retentionMs(settings));
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
    return true;
  } catch (error) {
    if (!hasCode(error, status.alreadyExists)) throw error;
    return false;
  }
}

async function lengthenRetention(connection: Connection, settings: NamespaceSettings): Promise<boolean> {
  const { namespace } = settings;
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const currentMs = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) * 1000;
  if (currentMs >= retentionMs(settings)) return false;
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(retentionMs(settings)) },
  });
  return true;
}

/**
 * Adds the search attributes that a namespace lacks, and returns their names.
 *
 * @throws {@link NamespaceSetupFailed} when one exists with another type.
 */
export async function addMissingAttributes(
  connection: Pick<Connection, "operatorService">,
  { namespace, searchAttributes = ownSearchAttributes }: Pick<NamespaceSettings, "namespace" | "searchAttributes">,
): Promise<readonly string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace }).catch(unlisted);
  const missing: Record<string, (typeof attributeTypes)[SearchAttributeKind]> = {};
  for (const [name, kind] of Object.entries(searchAttributes)) {
    const present = customAttributes[name];
    if (present === undefined) missing[name] = attributeTypes[kind];
    else if (present !== attributeTypes[kind]) {
      throw new NamespaceSetupFailed(
        namespace,
        `its search attribute "${name}" is ${kindName(present)}, not ${kind}. Remove it ` +
          `(temporal operator search-attribute remove --namespace ${namespace} --name ${name}), or use another namespace.`,
      );
    }
  }
  const added = Object.keys(missing);
  if (added.length > 0) {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing }).catch(ifNotThere);
  }
  return added;
}

/** Somebody else was faster, or the server is one that can't list what it has. */
function ifNotThere(error: unknown): void {
  if (!hasCode(error, status.alreadyExists)) throw error;
}

/** The time-skipping test server adds attributes, but can't list them. */
function unlisted(error: unknown): { readonly customAttributes: Readonly<Record<string, never>> } {
  if (hasCode(error, status.unimplemented)) return { customAttributes: {} };
  throw error;
}

/** Only a frontend that knows the namespace and its attributes can answer. */
async function countByAttributes(connection: Connection, settings: NamespaceSettings): Promise<void> {
  const { namespace, searchAttributes = ownSearchAttributes } = settings;
  const query = Object.keys(searchAttributes).map((name) => `\`${name}\` IS NULL`);
  await connection.workflowService.countWorkflowExecutions({ namespace, query: query.join(" AND ") });
}

/**
 * Repeats a call while the server answers with one of these codes. A fresh namespace is known at once; one that
 * somebody asked for before it existed is refused for about a second more.
 */
async function repeatWhile<T>(
  codes: readonly number[],
  call: () => Promise<T>,
  { namespace, deadline }: { readonly namespace: string; readonly deadline: number },
): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!codes.some((code) => hasCode(error, code))) throw error;
      if (Date.now() + pollMs > deadline) {
        const problem = `the server still refuses it (${messageOf(error)}). Look into the server's log and run this again.`;
        throw new NamespaceSetupFailed(namespace, problem, { cause: error });
      }
      await sleep(pollMs);
    }
  }
}

const pollMs = 50;

/** gRPC status codes. */
const status = { invalidArgument: 3, notFound: 5, alreadyExists: 6, unimplemented: 12 } as const;

function hasCode(error: unknown, code: number): boolean {
  return isGrpcServiceError(error) && [code].includes(error.code);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function retentionMs({ retentionDays }: NamespaceSettings): number {
  return retentionDays * 24 * 60 * 60 * 1000;
}

function kindName(type: (typeof IndexedValueType)[keyof typeof IndexedValueType]): string {
  return searchAttributeKinds.find((kind) => attributeTypes[kind] === type) ?? `of type ${type}`;
}
