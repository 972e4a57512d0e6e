import type { PictureEncoder } from '../../../../src-main/contract/runs.ts';
import { trainableEncoders } from '../../../../src-main/engine/networks/trainable-encoder.ts';
import { flatLength } from '../../../../src-main/engine/networks/weights.ts';
import { medianTrainStep } from '../../train-step.ts';
import { printTurn, turnInput } from './turn-process.ts';

/** A turn of training steps of a network. */
export async function printTrainStep(name: PictureEncoder): Promise<void> {
  const { size } = turnInput();
  const encoder = trainableEncoders[name];
  const step = await medianTrainStep({
    ...{
      encoder,
      pictures: size('pictures'),
      size: size('side'),
      threads: size('threads'),
      steps: size('steps'),
    },
  });
  printTurn({ step }, { parameters: flatLength(encoder.specs, 'trainable') });
}
