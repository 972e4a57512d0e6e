const panStep = 60;
const zoomStep = 1.4;

/** What keys do to the map. */
export interface KeyActions {
  pan(deltaX: number, deltaY: number): void;
  zoomBy(factor: number): void;
  fit(): void;
  isWalking(): boolean;
  /** Starts or goes on with the walk from picture to picture; -1 goes back. */
  walk(direction: 1 | -1): void;
  /** Makes the picture of the walk the anchor. */
  choose(): void;
  /** Adds the picture of the walk to the selection, or takes it out. */
  toggle(): void;
  /** Ends what is under way (an outline, the walk); false when nothing is. */
  escape(): boolean;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [panStep, 0],
  ArrowRight: [-panStep, 0],
  ArrowUp: [0, panStep],
  ArrowDown: [0, -panStep],
};

interface MapKey {
  readonly keys: readonly string[];
  readonly does: string;
  /** False when the press is not this one, or means nothing at the moment. */
  press(event: KeyboardEvent, actions: KeyActions): boolean;
}

/** What keys do while the map has the focus. */
export const mapKeys: readonly MapKey[] = [
  {
    keys: ['Arrows'],
    does: 'Pan',
    press: ({ key }, actions) => {
      const [x, y] = arrows[key] ?? [0, 0];
      if (x === 0 && y === 0) return false;
      actions.pan(x, y);
      return true;
    },
  },
  {
    keys: ['+', '−'],
    does: 'Zoom in and out',
    press: ({ key }, actions) => {
      if (!['+', '=', '-'].includes(key)) return false;
      actions.zoomBy(key === '-' ? 1 / zoomStep : zoomStep);
      return true;
    },
  },
  {
    keys: ['0'],
    does: 'Fit everything',
    press: ({ key }, actions) => {
      if (key !== '0') return false;
      actions.fit();
      return true;
    },
  },
  {
    keys: ['Enter'],
    does: 'Walk from picture to picture; again: make it the anchor',
    press: ({ key }, actions) => {
      if (key !== 'Enter') return false;
      if (actions.isWalking()) actions.choose();
      else actions.walk(1);
      return true;
    },
  },
  {
    keys: ['Tab'],
    does: 'While walking: to the nearest new picture (with Shift back)',
    press: ({ key, shiftKey }, actions) => {
      if (key !== 'Tab' || !actions.isWalking()) return false;
      actions.walk(shiftKey ? -1 : 1);
      return true;
    },
  },
  {
    keys: ['Space'],
    does: 'While walking: select the picture, or take it out',
    press: ({ key }, actions) => {
      if (key !== ' ' || !actions.isWalking()) return false;
      actions.toggle();
      return true;
    },
  },
  {
    keys: ['Esc'],
    does: 'End the walk, or the outline being drawn',
    press: ({ key }, actions) => key === 'Escape' && actions.escape(),
  },
];

/** Does what a key means on the map; false when it means nothing here. */
export function pressMapKey(event: KeyboardEvent, actions: KeyActions): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  return mapKeys.some((one) => one.press(event, actions));
}
