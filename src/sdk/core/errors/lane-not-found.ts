/** There is no lane with that id that any run is in. */
export class LaneNotFound extends Error {
  override readonly name = "LaneNotFound";
  readonly code = "LANE_NOT_FOUND";
  readonly id: string;

  constructor(id: string) {
    super(
      `There is no lane ${JSON.stringify(id)}: no run is in it, or its runs have all left. List them to see which there are.`,
    );
    this.id = id;
  }
}
