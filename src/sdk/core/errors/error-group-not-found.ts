/** There is no error group with that fingerprint, or it was not seen for so long that it is forgotten. */
export class ErrorGroupNotFound extends Error {
  override readonly name = "ErrorGroupNotFound";
  readonly code = "ERROR_GROUP_NOT_FOUND";
  readonly fingerprint: string;

  constructor(fingerprint: string) {
    super(`There is no error group ${JSON.stringify(fingerprint)}. List them to see which there are.`);
    this.fingerprint = fingerprint;
  }
}
