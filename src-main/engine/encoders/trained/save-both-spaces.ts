import { saveEmbeddings } from '../../store/embeddings.ts';
import type { Library } from '../../store/library-file.ts';
import type { Embedded, Embedder } from './embedder.ts';

/** Stores the features h and the projected rows z of pictures in one transaction, equal ones once. */
export function saveBothSpaces(
  library: Library,
  weightsHash: string,
  sampleIds: Uint32Array,
  { featureLength, projectedLength }: Pick<Embedder, 'featureLength' | 'projectedLength'>,
  { h, z }: Embedded,
): void {
  library.write(() => {
    const features = { dimensions: featureLength, vectors: h };
    const isSame =
      featureLength === projectedLength && h.every((value, index) => value === z[index]);
    const projected = isSame
      ? { dimensions: 0, vectors: new Float32Array(0) }
      : { dimensions: projectedLength, vectors: z };
    saveEmbeddings(library, weightsHash, 'h', sampleIds, features);
    saveEmbeddings(library, weightsHash, 'z', sampleIds, projected);
  });
}
