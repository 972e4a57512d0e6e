import { beforeEach, describe, expect, it } from 'vitest';
import { PictureQueue } from '../../../src-renderer/widgets/picture-queue.ts';
import type { QueuedPicture } from '../../../src-renderer/widgets/picture-queue.ts';

let begun: string[];
let aborted: string[];
let queue: PictureQueue;
const ends = new Map<string, () => void>();

function picture(name: string): QueuedPicture {
  return {
    load: (onended) => {
      begun.push(name);
      ends.set(name, onended);
    },
    abort: () => aborted.push(name),
  };
}

/** Lets the queue begin what is next. */
async function ended(...names: readonly string[]): Promise<void> {
  for (const name of names) ends.get(name)?.();
  await Promise.resolve();
}

beforeEach(() => {
  begun = [];
  aborted = [];
  ends.clear();
  queue = new PictureQueue(2);
});

describe('pictures that load in turn', () => {
  it('load in their order, so many at once', async () => {
    for (const name of ['a', 'b', 'c', 'd']) queue.ask(picture(name), true);
    await ended();
    expect(begun).toEqual(['a', 'b']);
    await ended('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await ended('a', 'c');
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('load those on the screen before those near it', async () => {
    const [near, later, seen] = [picture('near'), picture('later'), picture('seen')];
    queue.ask(near, false);
    queue.ask(later, false);
    queue.ask(seen, true);
    await ended();
    expect(begun).toEqual(['seen', 'near']);
    queue.ask(picture('next'), true);
    await ended('seen');
    expect(begun).toEqual(['seen', 'near', 'next']);
    // It has come onto the screen meanwhile.
    queue.ask(picture('beside'), false);
    queue.ask(later, true);
    await ended('near');
    expect(begun.at(-1)).toBe('later');
  });

  it('load after a fast scroll only what is on the screen then', async () => {
    const passed = Array.from({ length: 5000 }, (_, index) => picture(`passed ${index}`));
    for (let row = 0; row < 5000; row += 100) {
      for (const one of passed.slice(row, row + 100)) queue.ask(one, true);
      await ended();
      for (const one of passed.slice(row, row + 100)) queue.drop(one);
    }
    for (const name of ['x', 'y', 'z']) queue.ask(picture(name), true);
    await ended();
    // Two of each of the fifty screens were begun, and taken back when it was left.
    expect(begun.filter((name) => name.startsWith('passed'))).toEqual(aborted);
    expect(aborted).toHaveLength(100);
    expect(begun.slice(100)).toEqual(['x', 'y']);
    await ended('x');
    expect(begun.slice(100)).toEqual(['x', 'y', 'z']);
  });

  it('end once: one that was taken back gives no second turn', async () => {
    const a = picture('a');
    for (const one of [a, picture('b'), picture('c'), picture('d')]) queue.ask(one, true);
    await ended();
    queue.drop(a);
    await ended();
    expect(begun).toEqual(['a', 'b', 'c']);
    await ended('a');
    expect(begun).toEqual(['a', 'b', 'c']);
  });
});
