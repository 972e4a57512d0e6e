interface GridShape {
  readonly count: number;
  readonly columns: number;
  /** Whole rows that fit on screen, at least 1. */
  readonly visibleRows: number;
}

interface GridKey {
  readonly keys: readonly string[];
  readonly does: string;
  /** How far each press goes, by its `KeyboardEvent.key`. */
  readonly steps: Readonly<Record<string, (shape: GridShape) => number>>;
}

/** How keys move the focus through pictures in rows. */
export const gridKeys: readonly GridKey[] = [
  {
    keys: ['Arrows'],
    does: 'To the picture beside, above or below',
    steps: {
      ArrowRight: () => 1,
      ArrowLeft: () => -1,
      ArrowDown: ({ columns }) => columns,
      ArrowUp: ({ columns }) => -columns,
    },
  },
  {
    keys: ['Page ↑', 'Page ↓'],
    does: 'A screen up or down',
    steps: {
      PageDown: ({ columns, visibleRows }) => columns * visibleRows,
      PageUp: ({ columns, visibleRows }) => -columns * visibleRows,
    },
  },
  {
    keys: ['Home', 'End'],
    does: 'To the first picture, or the last',
    steps: { Home: ({ count }) => -count, End: ({ count }) => count },
  },
];

/** How many pictures a press goes on; undefined where the key means nothing in a grid. */
export function gridStep(key: string, shape: GridShape): number | undefined {
  return gridKeys.find(({ steps }) => key in steps)?.steps[key]?.(shape);
}
