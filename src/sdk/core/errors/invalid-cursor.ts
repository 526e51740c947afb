/** A cursor that no list with this filter gave. */
export class InvalidCursor extends Error {
  override readonly name = "InvalidCursor";
  readonly code = "INVALID_CURSOR";

  constructor(options?: ErrorOptions) {
    super(
      "The list can't go on from its `cursor`: got one that is damaged or belongs to another filter. " +
        "Pass `nextCursor` as it came, with the same filter, or begin without one.",
      options,
    );
  }
}
