/** What a path has where its pattern has `:name`. */
export type Params = Readonly<Record<string, string>>;

/** What a view gets: the named parts of its path. */
export interface ViewProps {
  readonly params: Params;
}

/** The parts that a pattern such as `/runs/:workflowId` names; `undefined` for a path that does not fit. */
export function match(pattern: string, path: string): Params | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, name] of wanted.entries()) {
    const text = given[index] ?? "";
    if (!name.startsWith(":")) {
      if (name !== text) return undefined;
    } else {
      const decoded = decode(text);
      if (decoded === undefined || decoded === "") return undefined;
      params[name.slice(1)] = decoded;
    }
  }
  return params;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
