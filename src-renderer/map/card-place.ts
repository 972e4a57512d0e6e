import type { Position, Viewport } from './camera.ts';

const gap = 16;
const margin = 8;

/** Top left corner for a card beside `at`: to the right where it fits, else left, inside the view. */
export function cardPlace(at: Position, card: Viewport, view: Viewport): Position {
  const fitsRight = at.x + gap + card.width + margin <= view.width;
  const x = fitsRight ? at.x + gap : at.x - gap - card.width;
  const within = (value: number, size: number, all: number): number =>
    Math.min(Math.max(value, margin), Math.max(all - size - margin, margin));
  return {
    x: within(x, card.width, view.width),
    y: within(at.y - card.height / 2, card.height, view.height),
  };
}
