interface TileActions {
  makeAnchor(): void;
  inspect(): void;
  select(): void;
}

interface TileKey {
  readonly keys: readonly string[];
  readonly does: string;
  /** The press it takes, as `KeyboardEvent.key`. */
  readonly takes: string;
  press(actions: TileActions): void;
}

/** What keys do on a negative's picture. */
export const tileKeys: readonly TileKey[] = [
  {
    keys: ['Enter'],
    does: 'Make the focused picture the anchor',
    takes: 'Enter',
    press: (actions) => actions.makeAnchor(),
  },
  {
    keys: ['Space'],
    does: 'Show every number of the focused picture',
    takes: ' ',
    press: (actions) => actions.inspect(),
  },
  {
    keys: ['X'],
    does: 'Select the focused negative, or take it out again (also a click with Ctrl): several are judged at once',
    takes: 'x',
    press: (actions) => actions.select(),
  },
];
