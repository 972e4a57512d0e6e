import { describe, expect, it } from 'vitest';
import { KeyboardWalk } from '../../../../src-renderer/map/input/keyboard-walk.ts';

/** Pictures on a line at these positions; the middle of the viewport is at 0. */
const positions = new Map([
  [1, 0.5],
  [2, -2],
  [3, 2.5],
  [4, 4],
]);

function walkAlong(): KeyboardWalk {
  return new KeyboardWalk((from, isNew) => {
    const at = from === null ? 0 : (positions.get(from) ?? 0);
    const found = [...positions]
      .filter(([id]) => isNew(id))
      .sort(([, one], [, other]) => Math.abs(one - at) - Math.abs(other - at));
    return found[0]?.[0] ?? null;
  });
}

describe('a walk by keyboard', () => {
  it('starts in the middle of the viewport and goes to the nearest that was not visited', () => {
    const walk = walkAlong();
    expect(walk.current).toBeNull();
    expect([walk.next(), walk.next(), walk.next(), walk.next()]).toEqual([1, 3, 4, 2]);
    // None is left: it stays.
    expect(walk.next()).toBe(2);
    expect(walk.current).toBe(2);
  });

  it('starts at the anchor where there is one', () => {
    const walk = walkAlong();
    expect([walk.next(4), walk.next(4)]).toEqual([4, 3]);
  });

  it('goes back the way it came, and the same way forward again', () => {
    const walk = walkAlong();
    const there = [walk.next(), walk.next(), walk.next()];
    expect([walk.back(), walk.back(), walk.back()]).toEqual([there[1], there[0], there[0]]);
    expect([walk.next(), walk.next(), walk.next()]).toEqual([there[1], there[2], 2]);
  });

  it('ends, and begins anew', () => {
    const walk = walkAlong();
    expect(walk.stop()).toBe(false);
    walk.next();
    expect(walk.stop()).toBe(true);
    expect(walk.current).toBeNull();
    expect(walk.back()).toBeNull();
    expect(walk.next()).toBe(1);
  });

  it('stands nowhere on an empty map', () => {
    const walk = new KeyboardWalk(() => null);
    expect(walk.next()).toBeNull();
    expect(walk.stop()).toBe(false);
  });
});
