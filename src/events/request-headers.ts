/** Headers of a request, as Node has them: `IncomingMessage.headers`, or `headersDistinct`. Names in any case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** All values that a request has under a name: none, one, or one for each time it is there. */
export function valuesOf(headers: RequestHeaders, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return Object.entries(headers).flatMap(([key, value]) =>
    value === undefined || key.toLowerCase() !== wanted ? [] : value,
  );
}
