/** How a run's curve is drawn, so that it is told from the others by colour or by dashes. */
interface CurveStyle {
  readonly colour: string;
  /** Lengths of dashes and gaps in pixels; empty for a whole line. */
  readonly dash: string;
}

/**
 * Six colours that differ from each other and from the current run's amber also without red, green or
 * blue cones (Machado et al. 2009), with a contrast of 3 : 1 to page and panel.
 */
const palettes = {
  dark: ['#58aeef', '#f6797c', '#e4f374', '#5f66d2', '#31f4f6', '#c34804'],
  light: ['#328cec', '#993d18', '#3841a6', '#717099', '#481066', '#6c0a05'],
} as const;
const dashes = ['', '8 4', '2 3', '10 3 2 3'] as const;

/** So many curves can be told apart. */
export const mostCurveStyles = palettes.dark.length * dashes.length;

/**
 * The style of each of these runs (by number), at most `mostCurveStyles`. A run keeps its colour
 * where no other of them wants it; only more runs than colours have dashes.
 */
export function curveStyles(
  runs: readonly number[],
  theme: 'light' | 'dark',
): ReadonlyMap<number, CurveStyle> {
  const palette = palettes[theme];
  const uses = palette.map(() => 0);
  const styles = new Map<number, CurveStyle>();
  for (const run of runs.toSorted((a, b) => a - b)) {
    const least = Math.min(...uses);
    let slot = run % palette.length;
    while (uses[slot] !== least) slot = (slot + 1) % palette.length;
    uses[slot] = least + 1;
    styles.set(run, { colour: palette[slot] ?? '', dash: dashes[least % dashes.length] ?? '' });
  }
  return styles;
}
