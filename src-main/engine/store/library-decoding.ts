import {
  decoding as decodingSchema,
  formerDecoding,
  newDecoding,
  type Decoding,
} from '../../contract/decoding.ts';
import type { Library } from './library-file.ts';
import { readMeta, writeMeta } from './meta.ts';

const key = 'decoding';

/** How the pictures of a library are decoded. A library that says nothing and has pictures is old. */
export function libraryDecoding(library: Library): Decoding {
  const stored = readMeta(library, key);
  if (stored !== null) return decodingSchema.parse(JSON.parse(stored));
  const sample = library.query('SELECT 1 FROM samples LIMIT 1').get();
  return sample === undefined ? newDecoding : formerDecoding;
}

/** Records how the pictures are decoded from now on; forgets pixels that were decoded otherwise. */
export function saveDecoding(library: Library, decoding: Decoding): void {
  library.write(() => {
    const text = JSON.stringify(decoding);
    if (text !== JSON.stringify(libraryDecoding(library))) {
      library.query('DELETE FROM pixels').run();
      library.query('DELETE FROM sourcePixels').run();
    }
    writeMeta(library, key, text);
  });
}
