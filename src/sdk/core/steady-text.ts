// The parts of a message that are the same for all failures of one problem.

/** What no later rule takes for something else: all but letters goes by other signs until {@link shown}. */
export function kept(text: string): string {
  return text.replace(/[!-;=?@[-`{-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + hidden));
}

const hidden = 0xe000;

/** A text after all rules, with what they kept as it was. */
export function shown(text: string): string {
  return text.replace(/[\ue021-\ue07e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - hidden));
}

/** A name of code or of a schema, without the numbers in it, such as those of partitions; one that is made up is an id. */
export function steadyName(found: string): string {
  const isMadeUp = found
    .split(/[^A-Za-z\d]/)
    .some((part) => /\d/.test(part) && !/^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)?\d{1,4}$/.test(part));
  return isMadeUp ? "<id>" : found.replace(/\d+/g, "<n>");
}

/** A word that is no id. Those of payment providers may have no digit, such as `cus_NffrFeUfNVHib`. */
export function steadyWord(word: string): string {
  const isId = /\d/.test(word) ? !/^v\d{1,2}$/i.test(word) : /^[a-z]{2,4}_(?=[a-z]*[A-Z])[A-Za-z]{13,}$/.test(word);
  return isId ? "<id>" : word;
}

/** Scheme, host and route. */
export function urlShape(_: string, scheme: string, rest: string): string {
  const url = rest.replace(/[.:!…]{1,9}$/, "");
  const [authority = "", ...route] = url.split("/");
  const host = authority
    .slice(authority.lastIndexOf("@") + 1)
    .replace(/:\d+$/, ":<n>")
    .replace(/^(?:\[.*\]|\d+(?:\.\d+){3})/, "<ip>")
    .replace(/[\w-]+/g, (label) => (label === "s3" ? label : steadyWord(label)));
  return kept(scheme + [host, ...route.map(steadySegment)].join("/")) + rest.slice(url.length);
}

const fileRoots = /^\/(?:app|bin|data|dev|etc|home|mnt|opt|proc|root|run|srv|tmp|usr|var|Users)\//;

/** A file, whose place differs from host to host, or a route, whose shape tells what was asked for. */
export function pathShape(found: string): string {
  const whole = found.replace(/\.{1,9}$/, "");
  const [path = ""] = whole.split("?");
  const isFile = /:\d+$|\.[a-z]\w{0,4}$|^[~.]/.test(path) || fileRoots.test(path);
  const shape = isFile ? "<path>" : kept(path.split("/").map(steadySegment).join("/"));
  return shape + found.slice(whole.length);
}

function steadySegment(segment: string): string {
  return segment === "" || /^[A-Za-z][\w.~:-]{0,39}$/.test(segment) ? segment.replace(/[\w-]+/g, steadyWord) : "<id>";
}
