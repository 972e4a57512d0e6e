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

/**
 * Does what a key means on the map: arrows pan, + and - zoom, 0 fits, Enter starts to walk and
 * chooses the anchor, Tab walks on while walking (else it leaves the map as everywhere), Space
 * selects, Escape ends. False when the key means nothing here.
 */
export function pressMapKey(event: KeyboardEvent, actions: KeyActions): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const arrow = arrows[event.key];
  if (arrow) {
    actions.pan(arrow[0], arrow[1]);
    return true;
  }
  return pressViewKey(event.key, actions) || pressWalkKey(event, actions);
}

function pressViewKey(key: string, actions: KeyActions): boolean {
  if (key === '+' || key === '=') actions.zoomBy(zoomStep);
  else if (key === '-') actions.zoomBy(1 / zoomStep);
  else if (key === '0') actions.fit();
  else return false;
  return true;
}

function pressWalkKey(event: KeyboardEvent, actions: KeyActions): boolean {
  if (event.key === 'Escape') return actions.escape();
  if (event.key === 'Enter') {
    if (actions.isWalking()) actions.choose();
    else actions.walk(1);
    return true;
  }
  if (!actions.isWalking()) return false;
  if (event.key === 'Tab') actions.walk(event.shiftKey ? -1 : 1);
  else if (event.key === ' ') actions.toggle();
  else return false;
  return true;
}
