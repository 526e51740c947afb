/**
 * Whether a value of JSON has arrays and objects nested deeper than so many. It looks level by level: a recursion would overflow on
 * what this is to refuse.
 *
 * @example
 * ```ts
 * console.log(isNestedDeeper([[1]], 1)); // true
 * ```
 */
export function isNestedDeeper(value: unknown, most: number): boolean {
  let level = containersIn([value]);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((each) => containersIn(Object.values(each)));
  }
  return false;
}

function containersIn(values: readonly unknown[]): readonly object[] {
  return values.filter((each) => typeof each === "object" && each !== null);
}
