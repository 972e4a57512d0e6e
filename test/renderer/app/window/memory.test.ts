import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import type { MemoryEntry } from '../../../../src-main/contract/window-memory.ts';
import { Memory } from '../../../../src-renderer/app/window/memory.ts';
import { AnsweringClient } from '../../answering-client.ts';
import { openWindow, type WindowStandIn } from '../../window-stand-in.ts';

let page: WindowStandIn;
let stored: MemoryEntry[];
let isGone: boolean;
let client: AnsweringClient;
let time: number;

beforeEach(() => {
  vi.useFakeTimers();
  page = openWindow();
  stored = [];
  isGone = false;
  time = 1000;
  client = new AnsweringClient({
    'window.recall': () => stored,
    'window.remember': (entry) => {
      if (isGone) throw new EngineError('disconnected', 'gone');
      stored = [...stored.filter(({ key }) => key !== entry.key), entry];
      return {};
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const open = (): Memory => new Memory(client, () => time);

describe('the window’s memory, with a client that answers what was sent to it', () => {
  it('knows nothing at first, and at once what is remembered', () => {
    const memory = open();
    expect(memory.recall('theme')).toBeNull();
    memory.remember('theme', 'light');
    expect(memory.recall('theme')).toBe('light');
  });

  it('is there again in the same browser before the engine answers', () => {
    open().remember('panel', { width: 300 });
    expect(open().recall('panel')).toEqual({ width: 300 });
    expect(page.stored.get('negatoscope.panel')).toBe('{"text":"{\\"width\\":300}","at":1000}');
  });

  it('is told to the engine once, a moment after the last of many changes', async () => {
    const memory = open();
    for (const width of [1, 2, 3]) memory.remember('width', width);
    memory.remember('theme', 'dark');
    await vi.advanceTimersByTimeAsync(299);
    expect(client.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(stored).toEqual([
      { key: 'width', text: '3', at: 1000 },
      { key: 'theme', text: '"dark"', at: 1000 },
    ]);
    memory.remember('width', 3);
    await vi.advanceTimersByTimeAsync(1000);
    expect(client.calls).toHaveLength(2);
    memory.remember('width', 4);
    await vi.advanceTimersByTimeAsync(300);
    expect(stored.find(({ key }) => key === 'width')?.text).toBe('4');
  });

  it('takes what the engine knows better, and tells it what this browser knows better', async () => {
    const memory = open();
    memory.remember('theme', 'light');
    memory.remember('width', 200);
    stored = [
      { key: 'theme', text: '"dark"', at: 2000 },
      { key: 'width', text: '100', at: 500 },
      { key: 'place', text: '"train"', at: 1 },
    ];
    await memory.refresh();
    expect([memory.recall('theme'), memory.recall('width'), memory.recall('place')]).toEqual([
      ...['dark', 200, 'train'],
    ]);
    expect(stored.find(({ key }) => key === 'width')?.text).toBe('200');
    expect(stored.find(({ key }) => key === 'theme')?.text).toBe('"dark"');
  });

  it('is sent by the next connection where there was none', async () => {
    const memory = open();
    isGone = true;
    memory.remember('theme', 'light');
    await vi.advanceTimersByTimeAsync(300);
    expect(stored).toEqual([]);
    isGone = false;
    await memory.refresh();
    expect(stored).toEqual([{ key: 'theme', text: '"light"', at: 1000 }]);
  });

  it('goes without what cannot be read, and leaves what is not its own', () => {
    page.stored.set('negatoscope.a', 'no JSON');
    page.stored.set('negatoscope.b', '{"text":7,"at":1}');
    page.stored.set('negatoscope.c', 'null');
    page.stored.set('negatoscope.d', '{"text":"{broken","at":1}');
    page.stored.set('somebody.else', '{"text":"1","at":1}');
    page.stored.set('negatoscope.good', '{"text":"1","at":1}');
    const memory = open();
    for (const key of ['a', 'b', 'c', 'd', 'else']) expect(memory.recall(key)).toBeNull();
    expect(memory.recall('good')).toBe(1);
  });

  it('leaves a long text to the engine alone: the browser’s store is small', async () => {
    const memory = open();
    memory.remember('view', 'short');
    memory.remember('view', 'x'.repeat(500_000));
    expect(page.stored.has('negatoscope.view')).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(stored[0]?.text).toHaveLength(500_002);
  });
});
