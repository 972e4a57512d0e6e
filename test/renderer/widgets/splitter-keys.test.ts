import { describe, expect, it } from 'vitest';
import type { PanelSize } from '../../../src-renderer/app/window/layout.svelte.ts';
import { splitterKeys } from '../../../src-renderer/widgets/splitter-keys.ts';

/** What becomes of a panel 300 pixels wide (200 to 420) when a key is pressed on its line. */
function pressed(key: string, outward: 1 | -1, shiftKey = false): number | 'folded' | undefined {
  let outcome: number | 'folded' | undefined;
  const panel = {
    width: 300,
    limits: { min: 200, max: 420, start: 248 },
    resize: (width: number) => (outcome = width),
    toggle: () => (outcome = 'folded'),
  };
  const row = splitterKeys.find(({ takes }) => takes.includes(key));
  row?.press(panel as unknown as PanelSize, { key, shiftKey } as KeyboardEvent, outward);
  return outcome;
}

describe('keys on the line between two panels', () => {
  it('move it 16 pixels, with Shift 64', () => {
    expect([pressed('ArrowRight', 1), pressed('ArrowLeft', 1)]).toEqual([316, 284]);
    expect([pressed('ArrowRight', 1, true), pressed('ArrowLeft', 1, true)]).toEqual([364, 236]);
  });

  it('make a panel on the right narrower to the right', () => {
    expect([pressed('ArrowRight', -1), pressed('ArrowLeft', -1, true)]).toEqual([284, 364]);
  });

  it('go to the ends, and fold the panel away', () => {
    expect([pressed('Home', 1), pressed('End', -1)]).toEqual([200, 420]);
    expect([pressed('Enter', 1), pressed(' ', 1)]).toEqual(['folded', 'folded']);
  });

  it('are each in one row only, and others in none', () => {
    const taken = splitterKeys.flatMap(({ takes }) => takes);
    expect(new Set(taken).size).toBe(taken.length);
    expect(pressed('ArrowUp', 1)).toBeUndefined();
  });
});
