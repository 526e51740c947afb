/** What a fault raises in an attempt. */
export class InjectedFault extends Error {
  override readonly name = "InjectedFault";
  readonly code = "INJECTED_FAULT";
}
