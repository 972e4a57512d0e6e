import sharp from 'sharp';

/** The projector refuses a larger sprite. */
const largestSide = 8192;
/** The projector draws a picture at its size in the sprite. */
const largestTile = 64;
const channels = 4;

/** A square of `across` x `across` square tiles of `tile` pixels, as the projector wants it. */
export interface SpriteGrid {
  readonly across: number;
  readonly tile: number;
}

/** The grid for so many pictures: as large tiles as fit into the projector's limit. */
export function spriteGrid(count: number): SpriteGrid {
  const across = Math.max(1, Math.ceil(Math.sqrt(count)));
  return { across, tile: Math.max(1, Math.min(largestTile, Math.floor(largestSide / across))) };
}

/** One picture for all: each in its tile, row by row, what it does not fill transparent. */
export class Sprite {
  readonly #grid: SpriteGrid;
  readonly #pixels: Buffer;
  #drawn = 0;

  constructor(grid: SpriteGrid) {
    this.#grid = grid;
    this.#pixels = Buffer.alloc((grid.across * grid.tile) ** 2 * channels);
  }

  /** A picture (of any format that sharp reads) as the pixels of a tile: RGBA, row-major. */
  tileOf(picture: Uint8Array): Promise<Buffer> {
    const { tile } = this.#grid;
    const background = { r: 0, g: 0, b: 0, alpha: 0 };
    return sharp(picture)
      .resize(tile, tile, { fit: 'contain', background })
      .ensureAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer();
  }

  /** Fills the next tile; null leaves it transparent. */
  add(tilePixels: Buffer | null): void {
    const { across, tile } = this.#grid;
    const place = this.#drawn++;
    if (tilePixels === null) return;
    const top = tile * Math.floor(place / across);
    const left = tile * (place % across);
    const rowBytes = tile * channels;
    for (let row = 0; row < tile; row++) {
      const target = ((top + row) * across * tile + left) * channels;
      tilePixels.copy(this.#pixels, target, row * rowBytes, (row + 1) * rowBytes);
    }
  }

  png(): Promise<Buffer> {
    const side = this.#grid.across * this.#grid.tile;
    return sharp(this.#pixels, { raw: { width: side, height: side, channels } })
      .png()
      .toBuffer();
  }
}
