import { createHash } from 'node:crypto';
import { firstGoneFolder, goneSentence } from '../../pictures/gone-folders.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import {
  embeddedSampleIds,
  readEmbeddings,
  samplesWithoutEmbedding,
  saveEmbeddings,
} from '../../store/embeddings.ts';
import type { Library } from '../../store/library-file.ts';
import { hashSampleIds } from '../../store/sample-ids.ts';
import type { WhitenedPart } from '../../networks/whitened-parts.ts';
import type { ShownVectors } from '../embedding/encoder.ts';
import { applyWhitening, fitWhitening } from './whitening.ts';
import type { WhiteningProgress } from './whitening.ts';

/** How features are whitened before map, neighbours and bins use them. */
export interface ShownWhitening {
  readonly parts: readonly WhitenedPart[];
  /** What the hash of whitened rows says of it. */
  readonly text: string;
}

/** The part of the time that fitting takes, about. */
const fittingShare = 0.7;

/**
 * Whitens an encoder's features, which are stored under its hash. The whitening is fitted to the library's
 * pictures. Whitened rows are stored under a hash of the encoder and of the set of pictures; when the
 * pictures have changed, the whitening is fitted again.
 * @throws EngineError too-few-pictures, and what `onProgress` throws
 */
export async function whitenEmbeddings(
  library: Library,
  encoderHash: string,
  { parts, text }: ShownWhitening,
  onProgress: WhiteningProgress,
): Promise<ShownVectors> {
  const ids = embeddedSampleIds(library, encoderHash, 'h');
  if (ids.length === 0) {
    const gone = firstGoneFolder(library);
    throw new EngineError(
      'too-few-pictures',
      `None of the pictures in this library can be decoded any more. ${gone === null ? 'Scan the folder again.' : goneSentence(gone)}`,
    );
  }
  const weightsHash = createHash('sha256')
    .update(`${encoderHash} whitened to ${text} for ${hashSampleIds(ids)}`)
    .digest('hex');
  if (samplesWithoutEmbedding(library, weightsHash, 'h', ids).length === 0) {
    const { dimensions } = readEmbeddings(library, weightsHash, 'h', ids.subarray(0, 1));
    return { weightsHash, dimensions };
  }
  const { vectors } = readEmbeddings(library, encoderHash, 'h', ids);
  const fitted: WhiteningProgress = (done) => onProgress(fittingShare * done);
  const applied: WhiteningProgress = (done) => onProgress(fittingShare + (1 - fittingShare) * done);
  const whitening = await fitWhitening(vectors, ids.length, parts, fitted);
  const dimensions = whitening.outputDimensions;
  const whitened = await applyWhitening(whitening, vectors, ids.length, applied);
  saveEmbeddings(library, weightsHash, 'h', ids, { dimensions, vectors: whitened });
  return { weightsHash, dimensions };
}
