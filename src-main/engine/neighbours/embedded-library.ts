import type { SampleColumns } from '../../contract/library.ts';
import type { Library } from '../store/library-file.ts';
import type { EmbeddingCache } from './embedding-cache.ts';

/** An open library, its pictures, and the cache of its embeddings. */
export interface EmbeddedLibrary {
  readonly library: Library;
  readonly embeddings: EmbeddingCache;
  /** All present pictures. */
  samples(): SampleColumns;
}
