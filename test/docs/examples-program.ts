// Makes modules of code blocks, and checks them as one program. A block of a page has the names of the blocks before it on
// that page; an example in a comment has what Tenuto exports, and what test/docs/names declares.
import ts from "typescript";
import { compilerOptions, entryPoints, exportsOf, root } from "../structure/entry-points.ts";
import { type CodeBlock, fileOf } from "./code-blocks.ts";

/** A block as the compiler gets it. */
interface Module {
  readonly path: string;
  readonly text: string;
  readonly block: CodeBlock;
}

/** What is wrong with a block. */
export interface Problem {
  readonly source: string;
  readonly message: string;
}

/** The import statement that brings in a name. */
type Names = ReadonlyMap<string, string>;

const folder = `${root}test/docs/.blocks/`;
const options: ts.CompilerOptions = {
  ...compilerOptions(),
  noUnusedLocals: false,
  noUnusedParameters: false,
  // What is brought in may be a type.
  verbatimModuleSyntax: false,
  isolatedModules: false,
  rewriteRelativeImportExtensions: false,
};

const resolutions = ts.createModuleResolutionCache(root, (path) => path, options);
const parsedFiles = new Map<string, ts.SourceFile | undefined>();

/** The modules of a page; blocks that are a file of the project are compiled with it. */
export function modulesOfPage(page: string, blocks: readonly CodeBlock[]): readonly Module[] {
  const names = new Map<string, string>();
  return blocks.flatMap((block) => {
    if (fileOf(block) !== undefined) return [];
    const path = `${folder}${page}/${block.path ?? `src/line-${block.line}.ts`}`;
    const module = moduleOf(block, path, names);
    for (const [name, statement] of namesOf(module)) names.set(name, statement);
    return [module];
  });
}

/** The modules of the examples in a source file. */
export function modulesOfExamples(source: string, examples: readonly CodeBlock[]): readonly Module[] {
  const names = source.startsWith("src/sdk/workflow/") ? namesInWorkflows() : namesInNode();
  return examples.map((block) => moduleOf(block, `${folder}${source}/line-${block.line}.ts`, names));
}

/** What the compiler says about modules, each with the line in its source. */
export function problemsIn(modules: readonly Module[]): readonly Problem[] {
  const program = ts.createProgram(
    modules.map(({ path }) => path),
    options,
    hostOf(new Map(modules.map((module) => [module.path, module]))),
  );
  return modules.flatMap(({ path, block: { source, line } }) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((diagnostic) => {
      const { line: below } = file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0) ?? { line: 0 };
      const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
      return { source, message: `${source}:${line + below}: ${message}` };
    });
  });
}

/** A block with the imports that it leaves out, in its first line so that lines stay, and with exports for later blocks. */
function moduleOf(block: CodeBlock, path: string, names: Names): Module {
  const parsed = ts.createSourceFile(path, block.code, ts.ScriptTarget.Latest);
  const own = new Set([...declaredIn(parsed), ...importsIn(parsed).keys()]);
  const missing = [...identifiersIn(parsed)].filter((name) => !own.has(name) && names.has(name));
  const imports = missing.map((name) => `${names.get(name) ?? ""} `).join("");
  const exported = declaredIn(parsed, (statement) => !isExported(statement));
  return { path, block, text: `${imports}${block.code}\nexport { ${exported.join(", ")} };\n` };
}

/** What later blocks of the page may use. */
function namesOf({ path, block }: Module): Names {
  const parsed = ts.createSourceFile(path, block.code, ts.ScriptTarget.Latest);
  const declared = declaredIn(parsed).map(
    (name) => [name, `import { ${name} } from ${JSON.stringify(path)};`] as const,
  );
  return new Map([...importsIn(parsed), ...declared]);
}

function namesInWorkflows(): Names {
  return new Map([...exportedNames("tenuto"), ...exportedNames("tenuto/workflow"), ...declaredNames("workflow")]);
}

function namesInNode(): Names {
  return new Map([...[...entryPoints().keys()].flatMap((each) => [...exportedNames(each)]), ...declaredNames("node")]);
}

const namesFiles = ["workflow", "node"].map((name) => [name, `${root}test/docs/names/${name}.ts`] as const);
const modulesWithNames = new Map([...entryPoints(), ...namesFiles]);
const namesProgram = ts.createProgram([...modulesWithNames.values()], options, hostOf(new Map()));

function exportedNames(entryPoint: string): Names {
  return importsFrom(entryPoint, modulesWithNames.get(entryPoint) ?? "");
}

function declaredNames(name: string): Names {
  const file = modulesWithNames.get(name) ?? "";
  return importsFrom(file, file);
}

function importsFrom(specifier: string, file: string): Names {
  return new Map(
    exportsOf(namesProgram, file).map(({ name }) => [name, `import { ${name} } from ${JSON.stringify(specifier)};`]),
  );
}

/** Names declared at the top of a module, by statements that fit. */
function declaredIn(file: ts.SourceFile, fits: (statement: ts.Statement) => boolean = () => true): readonly string[] {
  return file.statements.filter(fits).flatMap((statement) => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) => boundBy(name));
    }
    const isNamed =
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement);
    return isNamed && statement.name ? [statement.name.text] : [];
  });
}

function boundBy(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundBy(element.name)));
}

function importsIn(file: ts.SourceFile): Names {
  return new Map(
    file.statements.filter(ts.isImportDeclaration).flatMap((statement) => {
      const { namedBindings } = statement.importClause ?? {};
      if (!namedBindings || !ts.isNamedImports(namedBindings)) return [];
      const from = statement.moduleSpecifier.getText(file);
      return namedBindings.elements.map((element) => [
        element.name.text,
        `import { ${element.getText(file)} } from ${from};`,
      ]);
    }),
  );
}

function identifiersIn(file: ts.SourceFile): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

/** Reads blocks from memory; a path that no block has is the project's. */
function hostOf(modules: ReadonlyMap<string, Module>): ts.CompilerHost {
  const host = hostOfProject();
  const resolve = (literal: ts.StringLiteralLike, file: ts.SourceFile): ts.ResolvedModuleFull | undefined => {
    const { text: specifier } = literal;
    const { fileName: from } = file;
    if (modules.has(specifier)) return typeScript(specifier);
    const page = /^(.*\.blocks\/(?:docs\/)?[^/]+\.md\/)/.exec(from)?.[1];
    if (page === undefined || !specifier.startsWith(".")) {
      const mode = ts.getModeForUsageLocation(file, literal, options);
      return ts.resolveModuleName(specifier, from, options, host, resolutions, undefined, mode).resolvedModule;
    }
    const path = new URL(specifier, `file://${from}`).pathname;
    return typeScript(modules.has(path) ? path : path.replace(page, root));
  };
  return {
    ...host,
    fileExists: (path) => modules.has(path) || host.fileExists(path),
    readFile: (path) => modules.get(path)?.text ?? host.readFile(path),
    getSourceFile: (path, target, ...rest) => {
      const text = modules.get(path)?.text;
      return text === undefined
        ? host.getSourceFile(path, target, ...rest)
        : ts.createSourceFile(path, text, target, true);
    },
    resolveModuleNameLiterals: (literals, _from, _redirected, _options, file) =>
      literals.map((literal) => ({ resolvedModule: resolve(literal, file) })),
  };
}

/** One parse of each file for all programs: that is most of their time. */
function hostOfProject(): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  return {
    ...host,
    getSourceFile: (path, ...rest) => {
      const file = parsedFiles.get(path) ?? host.getSourceFile(path, ...rest);
      parsedFiles.set(path, file);
      return file;
    },
  };
}

function typeScript(resolvedFileName: string): ts.ResolvedModuleFull {
  return { resolvedFileName, extension: ts.Extension.Ts, isExternalLibraryImport: false };
}
