/**
 * A run's colour by its number: dots in lists and lines in charts; amber is reserved for the
 * current run.
 */
export function runColour(run: number): string {
  return `hsl(${(215 + run * 67) % 360} 45% 60%)`;
}
