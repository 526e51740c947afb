import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { root } from "../structure/entry-points.ts";

/** TypeScript in a page, or in the comment of an exported symbol. */
export interface CodeBlock {
  /** The file that it is in, from the project's folder. */
  readonly source: string;
  /** The line of that file on which its code begins, from 1. */
  readonly line: number;
  readonly code: string;
  /** A path in the block's first line: the code is that file's, or one that the reader is to write. */
  readonly path: string | undefined;
}

/** README.md and the guides. */
export function pages(): readonly string[] {
  const guides = readdirSync(`${root}docs`).filter((name) => name.endsWith(".md"));
  return ["README.md", ...guides.map((name) => `docs/${name}`)];
}

/** The blocks of a page in its order; what stands in `<!-- ts … -->` goes before them and is not shown. */
export function blocksOfPage(source: string): readonly CodeBlock[] {
  const text = readFileSync(root + source, "utf8");
  return [...text.matchAll(/^(?:```ts|<!-- ts)\n(.*?)\n(?:```|-->)$/gms)].map(({ index, 1: code = "" }) => {
    const line = text.slice(0, index).split("\n").length + 1;
    return { source, line, code, path: /^\/\/ (\S+\.ts)\n/.exec(code)?.[1] };
  });
}

/** The text of a block whose code is a file's; `undefined` when the reader is to write that file. */
export function fileOf({ path }: CodeBlock): string | undefined {
  if (path === undefined || !existsSync(root + path)) return undefined;
  return `// ${path}\n${readFileSync(root + path, "utf8").trimEnd()}`;
}

/** Puts the text of their files into the blocks of a page. */
export function rewriteBlocks(source: string): void {
  let text = readFileSync(root + source, "utf8");
  for (const block of blocksOfPage(source)) text = text.replace(block.code, () => fileOf(block) ?? block.code);
  writeFileSync(root + source, text);
}

/** The `@example`s in a source file, with or without a fence. */
export function examplesIn(source: string): readonly CodeBlock[] {
  const lines = readFileSync(root + source, "utf8").split("\n");
  return lines.flatMap((line, index) => {
    const [, first] = /^\s*\* @example ?(.*)$/.exec(line) ?? [];
    if (first === undefined) return [];
    const rest = lines.slice(index + 1).map((each) => each.replace(/^\s*\* ?/, ""));
    const end = rest.findIndex((each) => /^(@|\/)/.test(each));
    const body = [first.replace(/^`(.*)`$/, "$1"), ...rest.slice(0, end)];
    const code = body.map((each) => (each.startsWith("```") ? "" : each)).join("\n");
    return [{ source, line: index + 1, code: code.replace(/\s*\*\/$/, ""), path: undefined }];
  });
}

/** The TypeScript files under a folder of the project. */
export function sourcesUnder(folder: string): readonly string[] {
  const names = readdirSync(root + folder, { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".ts")).map((name) => `${folder}/${name}`);
}
