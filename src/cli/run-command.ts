import type { Command } from "commander";
import type { Cli } from "./cli.ts";
import type { ExitCode } from "./exit-codes.ts";

/** Runs what a command does, with what it needs for it; its exit code is 0 unless it says another. */
export type RunCommand = (command: Command, act: (cli: Cli) => Promise<ExitCode | undefined>) => Promise<void>;
