import { expect, it } from 'vitest';
import { cardPlace } from '../../../src-renderer/map/card-place.ts';

const view = { width: 500, height: 400 };
const card = { width: 200, height: 100 };

it('lays a card to the right of its picture, its middle beside it', () => {
  expect(cardPlace({ x: 100, y: 200 }, card, view)).toEqual({ x: 116, y: 150 });
});

it('lays it to the left where the right has no room for it', () => {
  expect(cardPlace({ x: 277, y: 200 }, card, view).x).toBe(277 - 16 - 200);
  expect(cardPlace({ x: 276, y: 200 }, card, view).x).toBe(292);
});

it('keeps it within the view', () => {
  expect(cardPlace({ x: 100, y: 0 }, card, view).y).toBe(8);
  expect(cardPlace({ x: 100, y: 399 }, card, view).y).toBe(400 - 100 - 8);
  // Neither side has room: the left one, moved in.
  expect(cardPlace({ x: 150, y: 200 }, { width: 400, height: 100 }, view).x).toBe(8);
});

it('shows the beginning of a card that is larger than the view', () => {
  expect(cardPlace({ x: 50, y: 50 }, { width: 900, height: 900 }, view)).toEqual({ x: 8, y: 8 });
});
