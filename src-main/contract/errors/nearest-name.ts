/** A sentence that says which name is unknown, and lists the nearest known name and all others. */
export function unknownNameSentence(what: string, name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  const suggestion = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  return `${what} "${name}"${suggestion} There is: ${known.join(', ')}.`;
}

/** The known name with the fewest changed letters, the first of several; undefined without any. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const distances = known.map((candidate) => editDistance(letters(name), letters(candidate)));
  return known[distances.indexOf(Math.min(...distances))];
}

/** Only the letters, so that `tau_plus` and `tau-plus` find `tauPlus`. */
function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}

/** The number of letters to insert, delete or replace to turn one text into the other (Levenshtein). */
export function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const change = left[row - 1] === right[column - 1] ? 0 : 1;
      current.push(
        Math.min(
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (previous[column - 1] ?? 0) + change,
        ),
      );
    }
    previous = current;
  }
  return previous[right.length] ?? left.length;
}
