const shownAtMost = 24;

/**
 * The known labels that a typed text may mean and that are not chosen: those that begin with it first,
 * then those that hold it.
 */
export function suggestedLabels(
  known: readonly string[],
  typed: string,
  chosen: readonly string[],
): string[] {
  const text = typed.trim().toLowerCase();
  const open = known.filter((label) => !chosen.includes(label));
  const begins = open.filter((label) => label.toLowerCase().startsWith(text));
  const holds = open.filter(
    (label) => label.toLowerCase().includes(text) && !begins.includes(label),
  );
  return [...begins, ...holds].slice(0, shownAtMost);
}
