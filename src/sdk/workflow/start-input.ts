// What this run was started with, as its workflow function got it: a run that continues as new is started with it again.
let input: unknown;

export function keepStartInput(value: unknown): void {
  input = value;
}

export function startInput(): unknown {
  return input;
}
