/** A panel whose width, in CSS pixels, a splitter changes. */
export interface ResizablePanel {
  readonly width: number;
  readonly isCollapsed: boolean;
  readonly limits: { readonly min: number; readonly max: number };
  resize(width: number): void;
  /** Folds the panel away, or opens it again. */
  toggle(): void;
}

interface SplitterKey {
  readonly keys: readonly string[];
  readonly does: string;
  /** The presses it takes, as `KeyboardEvent.key`. */
  readonly takes: readonly string[];
  /** `outward` is 1 where the panel grows to the right, -1 where it grows to the left. */
  press(panel: ResizablePanel, event: KeyboardEvent, outward: 1 | -1): void;
}

/** What keys do on the line between two panels. */
export const splitterKeys: readonly SplitterKey[] = [
  {
    keys: ['Left', 'Right'],
    does: 'Move the line (with Shift further)',
    takes: ['ArrowLeft', 'ArrowRight'],
    press: (panel, { key, shiftKey }, outward) => {
      const step = (key === 'ArrowRight' ? outward : -outward) * (shiftKey ? 64 : 16);
      panel.resize(panel.width + step);
    },
  },
  {
    keys: ['Home', 'End'],
    does: 'Make the panel as narrow, or as wide, as it goes',
    takes: ['Home', 'End'],
    press: (panel, { key }) => panel.resize(key === 'Home' ? panel.limits.min : panel.limits.max),
  },
  {
    keys: ['Enter'],
    does: 'Fold the panel away, or open it again',
    takes: ['Enter', ' '],
    press: (panel) => panel.toggle(),
  },
];
