import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  PictureAhead,
  pictureSize,
} from '../../../../../src-renderer/pages/review/pair/picture-ahead.ts';

describe('the size of a picture to ask for', () => {
  it.each([
    [300, 500, 1, 320],
    [500, 300, 1, 320],
    [320, 320, 1, 320],
    [321, 400, 1, 640],
    [300, 300, 2, 640],
    [700, 900, 1.5, 1600],
    [3000, 4000, 2, 2048],
    [0, 0, 1, 320],
  ])('in a box of %d × %d at %d pixels a CSS pixel is %d', (width, height, pixelRatio, size) => {
    expect(pictureSize(width, height, pixelRatio)).toBe(size);
  });
});

describe('pictures that are fetched ahead', () => {
  let fetched: string[] = [];

  beforeEach(() => {
    fetched = [];
    vi.stubGlobal(
      'Image',
      class {
        decoding = 'auto';
        set src(url: string) {
          fetched.push(`${url} ${this.decoding}`);
        }
      },
    );
  });
  afterEach(() => vi.unstubAllGlobals());

  const urls = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => `/picture/${from + at}`);

  it('are fetched once, and decoded beside what is on screen', () => {
    const ahead = new PictureAhead();
    ahead.fetch(['/a', '/b']);
    ahead.fetch(['/b', '/c', '/c']);
    expect(fetched).toEqual(['/a async', '/b async', '/c async']);
  });

  it('are cached while they are among the last 24', () => {
    const ahead = new PictureAhead();
    ahead.fetch(urls(0, 24));
    ahead.fetch(urls(0, 24));
    expect(fetched).toHaveLength(24);
    ahead.fetch(urls(24, 26));
    ahead.fetch(urls(2, 26));
    expect(fetched).toHaveLength(26);
    // The first two made room for the last two.
    ahead.fetch(urls(1, 2));
    expect(fetched).toHaveLength(27);
  });
});
