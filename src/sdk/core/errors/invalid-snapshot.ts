/** A snapshot that its machine could not have made. */
export class InvalidSnapshot extends Error {
  override readonly name = "InvalidSnapshot";
  readonly code = "INVALID_SNAPSHOT";
  readonly machine: string;

  constructor(machine: string, got: string, remedy: string) {
    super(`A snapshot is not usable with machine "${machine}": got ${got}. ${remedy}`);
    this.machine = machine;
  }
}
