import type { Blank } from '../../contract/library.ts';
import type { Library } from './library-file.ts';

/** Thumbnails that wait in a temporary table until all are made, so that all change at once. */
export class NewThumbnails {
  readonly #library: Library;

  constructor(library: Library) {
    this.#library = library;
    library.db.exec(
      `CREATE TEMP TABLE newThumbnails
       (sampleId INTEGER PRIMARY KEY, image BLOB NOT NULL, blank TEXT NOT NULL, note TEXT NOT NULL)`,
    );
  }

  add(
    sampleId: number,
    made: { readonly image: Uint8Array; readonly blank: Blank | ''; readonly note: string },
  ): void {
    const { image, blank, note } = made;
    this.#library
      .query('INSERT INTO newThumbnails (sampleId, image, blank, note) VALUES (?, ?, ?, ?)')
      .run(sampleId, image, blank, note);
  }

  /** Puts them in the place of the old ones. */
  replace(): void {
    this.#library.db.exec(
      `UPDATE thumbnails SET image = made.image FROM newThumbnails AS made
         WHERE made.sampleId = thumbnails.sampleId;
       UPDATE samples SET blank = made.blank, note = made.note FROM newThumbnails AS made
         WHERE made.sampleId = samples.id;`,
    );
  }

  dispose(): void {
    this.#library.db.exec('DROP TABLE IF EXISTS temp.newThumbnails');
  }
}
