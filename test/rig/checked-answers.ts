// Holds what an API really answers against its own OpenAPI document.
import { Ajv2020, type ValidateFunction } from "@redocly/ajv/dist/2020.js";

/** A fetch that looks each answer up in a document. */
export interface CheckedAnswers {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Answers of operations that are not as the document says, each with why; empty when all are. */
  readonly faults: readonly string[];
  /** Which answers were seen, as `operationId status`. */
  readonly seen: ReadonlySet<string>;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

interface ResponseObject {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, object>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, ResponseObject>> };
}

/** What the API itself serves as its document is what its answers are held against. */
export async function checkedAnswers(url: string): Promise<CheckedAnswers> {
  const document = (await (await fetch(new URL("/openapi.json", url))).json()) as Document;
  // That the document is sound is for the tests of the document: compiling what would check it costs more than all answers.
  const ajv = new Ajv2020({ strict: false, allErrors: true, meta: false, validateSchema: false });
  ajv.addFormat("date-time", (text: string) => !Number.isNaN(Date.parse(text)));
  ajv.addSchema(document, "document");
  const faults: string[] = [];
  const seen = new Set<string>();
  return {
    faults,
    seen,
    async fetch(request) {
      const response = await fetch(request);
      const found = operationOf(document, request);
      if (!found) return response;
      seen.add(`${found.operation.operationId} ${response.status}`);
      const why = await faultOf(response.clone(), { document, ajv, ...found });
      if (why !== undefined) faults.push(`${request.method} ${request.url} ${response.status}: ${why}`);
      return response;
    },
  };
}

interface Found {
  readonly operation: Operation;
  readonly pointer: readonly string[];
}

/** A path without parameters goes before one with them. */
function operationOf({ paths }: Document, request: Request): Found | undefined {
  const { pathname } = new URL(request.url);
  const method = request.method.toLowerCase();
  const matching = Object.keys(paths).filter((path) => matches(path, pathname) && paths[path]?.[method]);
  const [path] = matching.toSorted((a, b) => parametersIn(a) - parametersIn(b));
  const operation = path === undefined ? undefined : paths[path]?.[method];
  return path !== undefined && operation ? { operation, pointer: ["paths", path, method] } : undefined;
}

function matches(path: string, pathname: string): boolean {
  const pattern = path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "[^/]+");
  return new RegExp(`^${pattern}$`).test(pathname);
}

function parametersIn(path: string): number {
  return path.split("{").length - 1;
}

interface Expected extends Found {
  readonly document: Document;
  readonly ajv: Ajv2020;
}

async function faultOf(response: Response, expected: Expected): Promise<string | undefined> {
  const { document, ajv, operation, pointer } = expected;
  const status = String(response.status);
  const own = operation.responses[status];
  if (!own) return "this status is not documented";
  const shared = own.$ref?.replace("#/components/responses/", "");
  const documented = shared === undefined ? own : document.components.responses[shared];
  const wanted = Object.entries(documented?.headers ?? {}).filter(([, { required }]) => required !== false);
  const missing = wanted.map(([name]) => name).filter((name) => !response.headers.has(name));
  if (missing.length > 0) return `without the headers ${missing.join(", ")}`;
  const [type = ""] = (response.headers.get("content-type") ?? "").split(";");
  if (!documented?.content?.[type]) return `the content type ${JSON.stringify(type)} is not documented`;
  const place = shared === undefined ? [...pointer, "responses", status] : ["components", "responses", shared];
  const validate = validator(ajv, [...place, "content", type, "schema"]);
  const body: unknown = await (type.endsWith("json") ? response.json() : response.text());
  return validate(body) ? undefined : `${ajv.errorsText(validate.errors)} in ${JSON.stringify(body)}`;
}

function validator(ajv: Ajv2020, pointer: readonly string[]): ValidateFunction {
  const escaped = pointer.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")));
  const reference = `document#/${escaped.join("/")}`;
  const validate = ajv.getSchema(reference);
  if (!validate) throw new Error(`The document has nothing at ${reference}.`);
  return validate;
}
