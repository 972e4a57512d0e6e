/** Sizes that pictures are asked for in, so that one that is ready is found again. */
const sizes = [320, 640, 1024, 1600, 2048] as const;
const cachedAtMost = 24;

/** The size of a picture to ask for, in pixels, for a box of CSS pixels. */
export function pictureSize(width: number, height: number, pixelRatio: number): number {
  const wanted = Math.min(width, height) * pixelRatio;
  return sizes.find((size) => size >= wanted) ?? 2048;
}

/** Has the browser fetch and decode pictures before they are shown. */
export class PictureAhead {
  readonly #images = new Map<string, HTMLImageElement>();

  fetch(urls: readonly string[]): void {
    for (const url of urls) {
      if (this.#images.has(url)) continue;
      const image = new Image();
      image.decoding = 'async';
      image.src = url;
      this.#images.set(url, image);
    }
    for (const oldest of [...this.#images.keys()].slice(0, -cachedAtMost)) {
      this.#images.delete(oldest);
    }
  }
}
