import { EngineError } from '../../contract/errors/errors.ts';
import { generatedUseOf } from '../../contract/generated-negatives.ts';
import { decodeCheckpoint } from '../checkpoints/checkpoint-format.ts';
import { generatorParts, generatorWeights } from '../networks/generator-shape.ts';
import type { GeneratorParts, GeneratorShape } from '../networks/generator-shape.ts';
import { checkpointOfWeights } from '../store/checkpoints.ts';
import type { Library } from '../store/library-file.ts';
import type { Run } from '../store/runs.ts';

/** The generator of negatives that a training ended with. */
export interface RunGenerator extends GeneratorParts {
  readonly shape: GeneratorShape;
  /** K, how many negatives of each picture a step of the training had. */
  readonly perPicture: number;
}

/** Reads generators, and holds the one that was read last: explaining goes from anchor to anchor. */
export class GeneratorCache {
  #known: { readonly weightsHash: string; readonly generator: RunGenerator } | null = null;

  /**
   * The generator that belongs to these weights of a run, whose z has `features` numbers.
   * @throws EngineError not-found where the training had none, or it is no longer stored
   */
  of(library: Library, run: Run, weightsHash: string, features: number): RunGenerator {
    if (this.#known?.weightsHash === weightsHash) return this.#known.generator;
    const generator = readGenerator(library, run, weightsHash, features);
    this.#known = { weightsHash, generator };
    return generator;
  }
}

function readGenerator(
  library: Library,
  run: Run,
  weightsHash: string,
  features: number,
): RunGenerator {
  const { id, name, settings } = run;
  if (generatedUseOf(run) === null) {
    throw new EngineError(
      'not-found',
      `The training of "${name}" generated no negatives: that is what the objective negcut does, or the selection generation.`,
    );
  }
  const training = checkpointOfWeights(library, id, weightsHash)?.training;
  const tensors = training ? decodeCheckpoint(training).tensors : [];
  const flat = tensors.find((tensor) => tensor.name === generatorWeights)?.values;
  if (!(flat instanceof Float32Array)) {
    throw new EngineError(
      'not-found',
      `The generator of "${name}" is not stored for this epoch: a run keeps that of the epoch whose weights it has.`,
    );
  }
  const number = (key: string): number => Number(settings[key]);
  const shape = {
    ...{ features, noise: number('noiseDimension'), width: number('generatorWidth') },
  };
  return {
    ...{ shape, perPicture: number('generatedNegatives') },
    ...generatorParts(shape, flat),
  };
}
