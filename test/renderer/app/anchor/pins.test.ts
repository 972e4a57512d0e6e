import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Memory } from '../../../../src-renderer/app/window/memory.ts';
import { Pins } from '../../../../src-renderer/app/anchor/pins.svelte.ts';
import { openMemory } from '../open-memory.ts';

let memory: Memory;
beforeEach(() => {
  ({ memory } = openMemory());
});
afterEach(() => vi.unstubAllGlobals());

describe('pinned anchors', () => {
  it('are put and taken away, in the order in which they were pinned', () => {
    const pins = new Pins(memory);
    pins.open('a.negatoscope');
    for (const hash of ['x', 'y', 'z', 'y']) pins.toggle(hash);
    expect(pins.hashes).toEqual(['x', 'z']);
    expect([pins.has('x'), pins.has('y')]).toEqual([true, false]);
  });

  it('are remembered for each library', () => {
    const pins = new Pins(memory);
    pins.open('a.negatoscope');
    pins.toggle('x');
    pins.open('b.negatoscope');
    expect(pins.hashes).toEqual([]);
    pins.set(['y', 'z']);
    pins.open('a.negatoscope');
    expect(pins.hashes).toEqual(['x']);
    const later = new Pins(memory);
    later.open('b.negatoscope');
    expect(later.hashes).toEqual(['y', 'z']);
  });

  it('of no library are none, and are not remembered', () => {
    const pins = new Pins(memory);
    pins.toggle('x');
    pins.open('a.negatoscope');
    pins.open(null);
    expect(pins.hashes).toEqual([]);
    expect(memory.recall('pins.null')).toBeNull();
  });

  it('are hashes only, whatever was remembered', () => {
    memory.remember('pins.a.negatoscope', ['x', 7, null, 'y']);
    memory.remember('pins.b.negatoscope', 'x');
    const pins = new Pins(memory);
    pins.open('a.negatoscope');
    expect(pins.hashes).toEqual(['x', 'y']);
    pins.open('b.negatoscope');
    expect(pins.hashes).toEqual([]);
  });
});
