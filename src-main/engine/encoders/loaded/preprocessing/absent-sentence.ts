/** Names the values that a file does not have, for which a library's defaults are taken; empty if none. */
export function absentSentence(
  values: Readonly<Record<string, unknown>>,
  file: string,
  library: string,
): string {
  const absent = Object.keys(values).filter((key) => values[key] === undefined);
  if (absent.length === 0) return '';
  return `${file} does not have ${absent.join(', ')}: ${library}’s defaults are taken.`;
}
