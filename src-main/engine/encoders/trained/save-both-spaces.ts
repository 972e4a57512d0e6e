import { saveEmbeddings } from '../../store/embeddings.ts';
import type { Library } from '../../store/library-file.ts';
import type { Embedded, Embedder } from './embedder.ts';

/** Stores the features h and the projected rows z of pictures in one transaction. */
export function saveBothSpaces(
  library: Library,
  weightsHash: string,
  sampleIds: Uint32Array,
  { featureLength, projectedLength }: Pick<Embedder, 'featureLength' | 'projectedLength'>,
  { h, z }: Embedded,
): void {
  library.write(() => {
    const [features, projected] = [
      { dimensions: featureLength, vectors: h },
      { dimensions: projectedLength, vectors: z },
    ];
    saveEmbeddings(library, weightsHash, 'h', sampleIds, features);
    saveEmbeddings(library, weightsHash, 'z', sampleIds, projected);
  });
}
