/** Milliseconds since 1970 as the contract writes times. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
