/** What an error says, for people who may not know the passwords of a broker: credentials in addresses are left out. */
export function errorText(error: unknown): string {
  return textOf(error).replace(credentials, "$1***@");
}

/** Of `scheme://user:password@host`; a password that is not encoded may have any of these characters. */
const credentials = /(\/\/)[^\s"'<>]*@/g;

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== "") return error.message;
  // Of a name with several addresses, Node tells what each of them said.
  const [first] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  if (first !== undefined) return textOf(first);
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" ? code : error.name;
}
