import type { Position, Viewport } from './scene/camera.ts';

const gap = 16;
const margin = 8;

/**
 * Top left corner for a card beside `at`: to the right where it fits, else left, inside the
 * viewport.
 */
export function cardPosition(at: Position, card: Viewport, viewport: Viewport): Position {
  const fitsRight = at.x + gap + card.width + margin <= viewport.width;
  const x = fitsRight ? at.x + gap : at.x - gap - card.width;
  const within = (value: number, size: number, all: number): number =>
    Math.min(Math.max(value, margin), Math.max(all - size - margin, margin));
  return {
    x: within(x, card.width, viewport.width),
    y: within(at.y - card.height / 2, card.height, viewport.height),
  };
}
