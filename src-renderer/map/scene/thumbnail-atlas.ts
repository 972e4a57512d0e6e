const columns = 16;
const rows = 8;
const tile = 128;
const maxLoading = 6;
const retryMs = 5000;

/** Square tiles of one texture: 128 pictures of 128 pixels. */
export const atlasLayout = {
  tile,
  width: columns * tile,
  height: rows * tile,
  /** The tile's top left corner in pixels. */
  cornerOf: (slot: number): { readonly x: number; readonly y: number } => ({
    x: (slot % columns) * tile,
    y: Math.floor(slot / columns) * tile,
  }),
} as const;

interface Entry {
  readonly slot: number;
  readonly arrivedAt: number;
  wantedAt: number;
}

/** Loads a picture and crops it to a square tile; rejects when it cannot be loaded or decoded. */
async function loadTile(url: string): Promise<ImageBitmap> {
  const image = new Image();
  image.crossOrigin = 'anonymous';
  image.src = url;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const side = Math.min(width, height);
  return createImageBitmap(image, (width - side) / 2, (height - side) / 2, side, side, {
    resizeWidth: tile,
    resizeHeight: tile,
    resizeQuality: 'medium',
    premultiplyAlpha: 'premultiply',
  });
}

/**
 * The thumbnails at hand, by picture id. Only wanted pictures are loaded, six at a time; the one
 * wanted longest ago makes room. A picture that cannot be loaded stays a dot; it is tried
 * again when it is still wanted five seconds later.
 */
export class ThumbnailAtlas {
  /** One bitmap per filled slot; a new picture in a slot is a new object. */
  readonly bitmaps: ImageBitmap[] = [];
  readonly urlOf: (id: number) => string;
  readonly #onLoad: () => void;
  readonly #entries = new Map<number, Entry>();
  readonly #loading = new Set<number>();
  readonly #retryAt = new Map<number, number>();
  #wanted: readonly number[] = [];
  #round = 0;
  #isOpen = true;

  constructor(urlOf: (id: number) => string, onLoad: () => void) {
    this.urlOf = urlOf;
    this.#onLoad = onLoad;
  }

  /** Says which pictures the next frames need, the most urgent first. */
  want(ids: readonly number[]): void {
    this.#wanted = ids.slice(0, columns * rows);
    this.#round += 1;
    for (const id of this.#wanted) {
      const entry = this.#entries.get(id);
      if (entry) entry.wantedAt = this.#round;
    }
    this.#loadNext();
  }

  /** The picture's slot, -1 while it is not loaded. */
  slotOf(id: number): number {
    return this.#entries.get(id)?.slot ?? -1;
  }

  /** When the picture was loaded, on the clock of `performance.now()`. */
  arrivedAt(id: number): number {
    return this.#entries.get(id)?.arrivedAt ?? Infinity;
  }

  dispose(): void {
    this.#isOpen = false;
    for (const bitmap of this.bitmaps) bitmap.close();
  }

  #loadNext(): void {
    for (const id of this.#wanted) {
      if (this.#loading.size >= maxLoading) return;
      const isResting = performance.now() < (this.#retryAt.get(id) ?? 0);
      if (isResting || this.#entries.has(id) || this.#loading.has(id)) continue;
      this.#loading.add(id);
      loadTile(this.urlOf(id))
        .then((bitmap) => this.#store(id, bitmap))
        .catch(() => this.#retryAt.set(id, performance.now() + retryMs))
        .finally(() => {
          this.#loading.delete(id);
          if (this.#isOpen) this.#loadNext();
        });
    }
  }

  #store(id: number, bitmap: ImageBitmap): void {
    const slot = this.#isOpen ? this.#freeSlot() : -1;
    if (slot < 0) {
      bitmap.close();
      return;
    }
    this.bitmaps[slot] = bitmap;
    this.#entries.set(id, { slot, arrivedAt: performance.now(), wantedAt: this.#round });
    this.#onLoad();
  }

  /** An empty slot or that of the picture wanted longest ago; -1 when all are in use now. */
  #freeSlot(): number {
    if (this.bitmaps.length < columns * rows) return this.bitmaps.length;
    let oldest: [number, Entry] | null = null;
    for (const pair of this.#entries) {
      if (!oldest || pair[1].wantedAt < oldest[1].wantedAt) oldest = pair;
    }
    if (!oldest || oldest[1].wantedAt === this.#round) return -1;
    this.#entries.delete(oldest[0]);
    this.bitmaps[oldest[1].slot]?.close();
    return oldest[1].slot;
  }
}
