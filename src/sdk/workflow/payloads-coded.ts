/**
 * `tenuto-payloads-clear`, which a worker that encrypts changes to `tenuto-payloads-coded` in the bundle that it is given:
 * the same bundle then runs with encryption and without. In Node it is absent.
 */
declare const TENUTO_PAYLOADS: string;

/** Whether payloads leave this worker encrypted. Headers don't. */
export function arePayloadsCoded(): boolean {
  return typeof TENUTO_PAYLOADS === "undefined" || TENUTO_PAYLOADS.endsWith("coded");
}
