import Database from 'better-sqlite3';
import { sourceSide } from './source-picture.ts';
import type { CropSource } from './crop-views.ts';

interface SourceRow {
  readonly width: number;
  readonly height: number;
  readonly rgb: Buffer;
}

/**
 * Reads what views are cropped from out of a library, by a read-only connection of its own. Holds the
 * first pictures in memory, up to a number of bytes: each epoch reads all in another order, so that
 * giving up earlier ones for later ones would gain nothing.
 */
export class StoredCropSources {
  readonly #side: number;
  readonly #size: number;
  readonly #database: Database.Database;
  readonly #source: Database.Statement<[number, number], SourceRow>;
  readonly #square: Database.Statement<[number, number], { readonly rgb: Buffer }>;
  readonly #held = new Map<number, CropSource>();
  #bytesLeft: number;

  constructor(libraryFile: string, size: number, cacheBytes: number) {
    this.#size = size;
    this.#side = sourceSide(size);
    this.#bytesLeft = cacheBytes;
    this.#database = new Database(libraryFile, { readonly: true });
    this.#source = this.#database.prepare(
      'SELECT width, height, rgb FROM sourcePixels WHERE sampleId = ? AND size = ?',
    );
    this.#square = this.#database.prepare('SELECT rgb FROM pixels WHERE sampleId = ? AND size = ?');
  }

  /** @throws Error if the picture is not decoded */
  read(sampleId: number): CropSource {
    const held = this.#held.get(sampleId);
    if (held) return held;
    const source = this.#readStored(sampleId);
    if (source.rgb.length <= this.#bytesLeft) {
      this.#bytesLeft -= source.rgb.length;
      this.#held.set(sampleId, source);
    }
    return source;
  }

  close(): void {
    this.#database.close();
  }

  #readStored(sampleId: number): CropSource {
    const source = this.#source.get(sampleId, this.#side);
    if (source) return { kind: 'source', ...source };
    const square = this.#square.get(sampleId, this.#size);
    if (square) return { kind: 'square', ...square };
    throw new Error(`The picture ${sampleId} is not decoded for views of ${this.#size} pixels.`);
  }
}
