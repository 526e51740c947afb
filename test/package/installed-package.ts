import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const threeFileApp = fileURLToPath(new URL("three-file-app", import.meta.url));

/** The parts of package.json that matter here. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** A folder outside the repository in which the packed package was installed. */
export interface InstalledPackage {
  readonly manifest: Manifest;
  /** Where the package itself is. */
  readonly path: string;
  /** What the tarball holds, as paths in it. */
  readonly files: readonly string[];
  /** Copies the three-file app into the folder, with that name for its task queue. */
  addThreeFileApp(appName: string): void;
  /** Runs Node in the folder and answers with what it printed. */
  node(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  /** Runs a command of the package in the folder, as `npx` does, and answers with what it printed. */
  npx(args: readonly string[]): Promise<string>;
  remove(): void;
}

/** Builds and packs the package, and installs the tarball with its peers where nothing of the repository is found. */
export async function installPackage(): Promise<InstalledPackage> {
  const directory = mkdtempSync(join(tmpdir(), "tenuto-package-"));
  const remove = () => {
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const folder = join(directory, "installed");
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "greeter", private: true, type: "module" }));
    const tarball = await pack(directory);
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
    await npm(["install", "--prefer-offline", "--no-audit", "--no-fund", tarball, ...peersOf(manifest)], folder);
    const path = join(folder, "node_modules", manifest.name);
    return {
      manifest,
      path,
      files: filesIn(path),
      addThreeFileApp: (appName) => addThreeFileApp(folder, appName),
      node: (args, env) => run(process.execPath, args, { cwd: folder, env: { ...process.env, ...env } }),
      npx: (args) => npm(["exec", "--offline", "--", ...args], folder),
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** In a copy, because the build begins by removing `dist/`, which somebody may be running from. */
async function pack(directory: string): Promise<string> {
  const copy = join(directory, "copy");
  const stays = new Set(["node_modules", "dist", ".git", ".tenuto"]);
  cpSync(root, copy, {
    recursive: true,
    // The age of the lock file tells whether an install is due.
    preserveTimestamps: true,
    filter: (path) => !stays.has(relative(root, path)),
  });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  await npm(["pack", "--pack-destination", directory], copy);
  const tarball = readdirSync(directory).find((file) => file.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack left no tarball");
  return join(directory, tarball);
}

/** The peers in the versions that the repository is tested with. */
function peersOf({ peerDependencies, devDependencies }: Manifest): string[] {
  return Object.entries(peerDependencies).map(([name, range]) => `${name}@${devDependencies[name] ?? range}`);
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !path.startsWith("node_modules/"));
}

function addThreeFileApp(folder: string, appName: string): void {
  for (const file of readdirSync(threeFileApp)) {
    const source = readFileSync(join(threeFileApp, file), "utf8");
    writeFileSync(join(folder, file), source.replaceAll('name: "greeter"', `name: ${JSON.stringify(appName)}`));
  }
}

async function npm(args: readonly string[], cwd: string): Promise<string> {
  // What npm tells the scripts that it runs would point this npm at the repository.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle|config_local_prefix)/.test(name)),
  );
  const ownScript = process.env["npm_execpath"];
  if (ownScript?.endsWith("npm-cli.js")) return run(process.execPath, [ownScript, ...args], { cwd, env });
  return run("npm", args, { cwd, env, shell: process.platform === "win32" });
}

interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly shell?: boolean;
}

function run(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const limits = { timeout: 300_000, maxBuffer: 16 * 1024 * 1024 };
    execFile(command, args, { ...options, ...limits }, (error, stdout) => {
      if (!error) resolve(stdout);
      // Its message has the command and stderr already.
      else reject(new Error([error.message, stdout].join("\n")));
    });
  });
}
