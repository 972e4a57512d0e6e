import sharp from 'sharp';

/** The longest side of a sprite that the projector accepts, in pixels. */
const largestSide = 8192;
/** The longest side of a tile, in pixels: the projector draws a picture at its size in the sprite. */
const largestTile = 64;
const channels = 4;

/** A grid of `across` x `across` square tiles of `tile` pixels each, as the projector expects it. */
export interface SpriteGrid {
  readonly across: number;
  readonly tile: number;
}

/** The grid for a number of pictures, with the largest tiles that fit into the projector's limit. */
export function spriteGrid(count: number): SpriteGrid {
  const across = Math.max(1, Math.ceil(Math.sqrt(count)));
  return { across, tile: Math.max(1, Math.min(largestTile, Math.floor(largestSide / across))) };
}

/**
 * One picture with all thumbnails: each in its own tile, row by row. The rest of a tile is transparent.
 */
export class Sprite {
  readonly #grid: SpriteGrid;
  readonly #pixels: Buffer;
  #drawn = 0;

  constructor(grid: SpriteGrid) {
    this.#grid = grid;
    this.#pixels = Buffer.alloc((grid.across * grid.tile) ** 2 * channels);
  }

  /** The RGBA pixels of a tile, row-major, from a picture in any format that sharp reads. */
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
    const index = this.#drawn++;
    if (tilePixels === null) return;
    const top = tile * Math.floor(index / across);
    const left = tile * (index % across);
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
