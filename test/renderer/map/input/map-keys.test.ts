import { beforeEach, describe, expect, it } from 'vitest';
import {
  mapKeys,
  pressMapKey,
  type KeyActions,
} from '../../../../src-renderer/map/input/map-keys.ts';

let done: (string | number)[][] = [];
let isWalking = false;
let isUnderWay = false;

const actions: KeyActions = {
  pan: (x, y) => done.push(['pan', x, y]),
  zoomBy: (factor) => done.push(['zoom', factor]),
  fit: () => done.push(['fit']),
  isWalking: () => isWalking,
  walk: (direction) => done.push(['walk', direction]),
  choose: () => done.push(['choose']),
  toggle: () => done.push(['toggle']),
  escape: () => isUnderWay,
};

const press = (key: string, held: Partial<KeyboardEvent> = {}): boolean =>
  pressMapKey({ key, ...held } as KeyboardEvent, actions);

beforeEach(() => {
  done = [];
  isWalking = false;
  isUnderWay = false;
});

describe('keys on the map', () => {
  it.each([
    ['ArrowLeft', ['pan', 60, 0]],
    ['ArrowRight', ['pan', -60, 0]],
    ['ArrowUp', ['pan', 0, 60]],
    ['ArrowDown', ['pan', 0, -60]],
    ['+', ['zoom', 1.4]],
    ['=', ['zoom', 1.4]],
    ['-', ['zoom', 1 / 1.4]],
    ['0', ['fit']],
    ['Enter', ['walk', 1]],
  ])('%s means %j', (key, action) => {
    expect(press(key)).toBe(true);
    expect(done).toEqual([action]);
  });

  it('go on with the walk, choose and select only while one walks', () => {
    expect([press('Tab'), press(' ')]).toEqual([false, false]);
    isWalking = true;
    expect([press('Tab'), press('Tab', { shiftKey: true }), press(' '), press('Enter')]).toEqual([
      ...[true, true, true, true],
    ]);
    expect(done).toEqual([['walk', 1], ['walk', -1], ['toggle'], ['choose']]);
  });

  it('leave Escape to others where nothing is under way', () => {
    expect(press('Escape')).toBe(false);
    isUnderWay = true;
    expect(press('Escape')).toBe(true);
  });

  it('mean nothing with Ctrl, ⌘ or Alt, and nothing that is not in the table', () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) {
      expect(press('ArrowLeft', held)).toBe(false);
    }
    expect([press('a'), press('F1'), press('')]).toEqual([false, false, false]);
    expect(done).toEqual([]);
    expect(mapKeys.every(({ keys, does }) => keys.length > 0 && does !== '')).toBe(true);
  });
});
