/** Where a test process says that all its tests passed. */
export declare function passedMark(directory: string, file: string): string;
/** Runs a few files that failed once more, one after another; answers with the exit code. */
export declare function runAgainAlone(
  code: number,
  options: {
    readonly failed: readonly string[];
    readonly run: (files: readonly string[]) => Promise<number>;
    readonly log: (line: string) => void;
  },
): Promise<number>;
