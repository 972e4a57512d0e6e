import { createHash } from 'node:crypto';
import { EngineError } from '../../../contract/errors/errors.ts';
import {
  embeddedSampleIds,
  readEmbeddings,
  samplesWithoutEmbedding,
  saveEmbeddings,
} from '../../store/embeddings.ts';
import type { Library } from '../../store/library-file.ts';
import { hashSampleIds } from '../../store/sample-ids.ts';
import type { ShownVectors } from '../embedding/encoder.ts';
import { starterDimensions } from './starter-network.ts';
import { applyWhitening, fitWhitening } from './whitening.ts';

/** Length of the whitened features, which map, neighbours and bins use; less with fewer pictures. */
const whitenedDimensions = 128;

/**
 * Length to which the features are whitened before an adapter: its first 128 numbers would be too few for a
 * linear layer to find what verdicts ask for (docs/recipes.md).
 */
export const adaptedDimensions = 384;

/**
 * Whitens the starter encoder's features, which are stored under the hash of its files. The whitening
 * is fitted to the library's pictures. Whitened rows are stored under a hash of the files and of the
 * set of pictures; when the pictures have changed, the whitening is fitted again, which takes seconds.
 * @throws EngineError too-few-pictures
 */
export function whitenEmbeddings(library: Library, filesHash: string): ShownVectors {
  const ids = embeddedSampleIds(library, filesHash, 'h');
  if (ids.length === 0) {
    throw new EngineError(
      'too-few-pictures',
      'None of the pictures in this library can be decoded any more; scan the folder again.',
    );
  }
  const weightsHash = createHash('sha256')
    .update(`${filesHash} whitened to ${whitenedDimensions} for ${hashSampleIds(ids)}`)
    .digest('hex');
  if (samplesWithoutEmbedding(library, weightsHash, 'h', ids).length === 0) {
    const { dimensions } = readEmbeddings(library, weightsHash, 'h', ids.subarray(0, 1));
    return { weightsHash, dimensions };
  }
  const { vectors } = readEmbeddings(library, filesHash, 'h', ids);
  const whitening = fitWhitening(vectors, ids.length, starterDimensions, whitenedDimensions);
  const dimensions = whitening.outputDimensions;
  const whitened = applyWhitening(whitening, vectors, ids.length);
  saveEmbeddings(library, weightsHash, 'h', ids, { dimensions, vectors: whitened });
  return { weightsHash, dimensions };
}
