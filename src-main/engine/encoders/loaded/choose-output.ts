import { EngineError } from '../../../contract/errors/errors.ts';
import type {
  EncoderDescription,
  EncoderOutput,
  EncoderOutputChoice,
  Pooling,
} from '../../../contract/loaded-encoders.ts';
import { poolings as poolingTexts } from '../../../contract/loaded-encoders.ts';
import { nearestName } from '../../../contract/errors/nearest-name.ts';

type Choice = Pick<EncoderDescription, 'output' | 'outputReason'>;

/** Families whose pooler was not trained to give a vector of the picture. */
const untrainedPoolers = ['vit', 'deit', 'beit', 'vit_mae', 'data2vec-vision'];

interface Preference {
  readonly matches: (output: EncoderOutput, family: string) => boolean;
  readonly reason: string;
}

const isNamed =
  (pattern: RegExp) =>
  ({ name }: EncoderOutput): boolean =>
    pattern.test(name);
const isPooler = isNamed(/pooler_output|pooled/i);
const isScore = isNamed(/logit|prob|score|softmax|class/i);
const shapeIs =
  (length: number) =>
  ({ shape }: EncoderOutput): boolean =>
    shape?.length === length;

/** The outputs to prefer; the first preference that matches an output decides. */
const preferences: readonly Preference[] = [
  {
    matches: isNamed(/image_embed/i),
    reason: 'it is what the text tower’s vectors are compared with',
  },
  // Before `features`: a head that was exported here has h, and the features of the encoder before it.
  { matches: isNamed(/^h$/i), reason: 'it is the features before a projection head' },
  { matches: isNamed(/^features?$/i), reason: 'it is the features before a projection head' },
  {
    matches: (output, family) => isPooler(output) && !untrainedPoolers.includes(family),
    reason: 'it is the model’s own summary of a picture',
  },
  {
    matches: (output) => isNamed(/embed|feature|pool(?!er)/i)(output) && shapeIs(2)(output),
    reason: 'its name says that it is a vector of the picture',
  },
  {
    matches: (output) => shapeIs(3)(output),
    reason: 'it is the tokens of the last layer',
  },
  {
    matches: (output) => shapeIs(2)(output) && !isScore(output),
    reason: 'it is one vector a picture',
  },
  { matches: (output) => shapeIs(4)(output), reason: 'it is the last layer’s features' },
  {
    matches: isScore,
    reason: 'there is nothing else; scores of classes say less than the layer before them',
  },
  { matches: () => true, reason: 'there is nothing else' },
];

/**
 * The output that is the best vector of a picture, and the reason.
 * @throws EngineError bad-encoder if no output can be one
 */
export function chooseOutput(
  path: string,
  outputs: readonly EncoderOutput[],
  family: string,
): Choice {
  const usable = outputs.filter(({ poolings }) => poolings.length > 0);
  for (const { matches, reason } of preferences) {
    const output = usable.find((each) => matches(each, family));
    const pooling = output?.poolings[0];
    if (output && pooling) {
      return {
        output: { name: output.name, pooling },
        outputReason: `${sentenceOf(output.name, pooling)}: ${reason}.`,
      };
    }
  }
  const list = outputs.map(
    ({ name, type, shape }) => `${name} ${type} [${shape?.join(' x ') ?? 'of no declared shape'}]`,
  );
  throw new EngineError(
    'bad-encoder',
    `${path} gives no vector of a picture: its outputs are ${list.join(', ')}.`,
  );
}

/**
 * The output that was asked for.
 * @throws EngineError bad-argument, naming the possible ones, if there is no such output or pooling
 */
export function wantedOutput(
  { outputs, path }: EncoderDescription,
  { name, pooling }: EncoderOutputChoice,
): Choice {
  const output = outputs.find((each) => each.name === name);
  if (!output) {
    const names = outputs.map((each) => each.name);
    const near = nearestName(name, names);
    throw new EngineError(
      'bad-argument',
      `${path} has no output "${name}"; there are ${names.join(', ')}.${near ? ` Did you mean ${near}?` : ''}`,
    );
  }
  const isPossible = pooling === 'auto' || output.poolings.includes(pooling);
  const isOpen = output.poolings.includes('auto');
  if (!isPossible && !isOpen) {
    throw new EngineError(
      'bad-argument',
      `The output ${name} [${output.shape?.join(' x ')}] cannot be taken as ${poolingTexts[pooling]}; there are ${output.poolings.join(', ')}.`,
    );
  }
  const settled = pooling === 'auto' ? (output.poolings[0] ?? pooling) : pooling;
  return {
    output: { name, pooling: settled },
    outputReason: `${sentenceOf(name, settled)}: chosen.`,
  };
}

/** The reason of a description's output, with another pooling of it. */
export function poolingReason({ output, outputReason }: Choice, pooling: Pooling): string {
  const reason = outputReason.slice(sentenceOf(output.name, output.pooling).length);
  return `${sentenceOf(output.name, pooling)}${reason}`;
}

function sentenceOf(name: string, pooling: Pooling): string {
  return `${name}, ${poolingTexts[pooling]}`;
}
