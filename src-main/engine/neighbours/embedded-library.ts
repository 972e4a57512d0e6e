import type { SampleColumns } from '../../contract/library.ts';
import type { Library } from '../store/library-file.ts';
import type { EmbeddingCache } from './embedding-cache.ts';

/** An open library, its pictures, and what is cached of its embeddings. */
export interface EmbeddedLibrary {
  readonly library: Library;
  readonly embeddings: EmbeddingCache;
  /** Every present picture. */
  samples(): SampleColumns;
}
