import { expect, it } from 'vitest';
import { cardPosition } from '../../../src-renderer/map/card-position.ts';

const viewport = { width: 500, height: 400 };
const card = { width: 200, height: 100 };

it('lays a card to the right of its picture, its middle beside it', () => {
  expect(cardPosition({ x: 100, y: 200 }, card, viewport)).toEqual({ x: 116, y: 150 });
});

it('lays it to the left where the right has no room for it', () => {
  expect(cardPosition({ x: 277, y: 200 }, card, viewport).x).toBe(277 - 16 - 200);
  expect(cardPosition({ x: 276, y: 200 }, card, viewport).x).toBe(292);
});

it('keeps it within the viewport', () => {
  expect(cardPosition({ x: 100, y: 0 }, card, viewport).y).toBe(8);
  expect(cardPosition({ x: 100, y: 399 }, card, viewport).y).toBe(400 - 100 - 8);
  // Neither side has room: the left one, moved in.
  expect(cardPosition({ x: 150, y: 200 }, { width: 400, height: 100 }, viewport).x).toBe(8);
});

it('shows the beginning of a card that is larger than the viewport', () => {
  expect(cardPosition({ x: 50, y: 50 }, { width: 900, height: 900 }, viewport)).toEqual({
    x: 8,
    y: 8,
  });
});
