/** The app has no event source of that name. */
export class EventSourceNotFound extends Error {
  override readonly name = "EventSourceNotFound";
  readonly code = "EVENT_SOURCE_NOT_FOUND";
  readonly source: string;

  constructor(source: string) {
    super(`There is no event source ${JSON.stringify(source)}. List them to see which there are.`);
    this.source = source;
  }
}
