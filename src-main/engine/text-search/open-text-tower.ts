import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { EngineError } from '../../contract/errors/errors.ts';
import { toUnitRows } from '../networks/pool-output.ts';
import { externalDataFiles } from '../encoders/loaded/external-data.ts';
import { readOnnxFile } from '../encoders/loaded/onnx-file.ts';
import type { OnnxFile, OnnxValue } from '../encoders/loaded/onnx-file.ts';
import { floatOutput } from '../encoders/loaded/onnx-output.ts';
import { onnxRuntimeError } from '../encoders/loaded/onnx-runtime-error.ts';
import { readJson } from '../encoders/loaded/read-json.ts';
import type { TextTower } from './find-text-tower.ts';
import { TextTokenizer } from './text-tokens.ts';
import type { TextTokens, TokenLimits } from './text-tokens.ts';
import { sessionThreads } from '../threads/compute-limits.ts';

/** The unit vector of a text, and how much of the text was read. */
export interface EncodedText extends Pick<TextTokens, 'cut'> {
  readonly vector: Float32Array;
}

/** A text tower in memory. */
interface OpenTextTower {
  encode(text: string): Promise<EncodedText>;
}

/** The number of tokens that CLIP and SigLIP read, where no file says it. */
const usualTokens = 64;

type Config = Record<string, unknown>;

/**
 * Loads a text tower on the cpu: one short text at a time needs no other device.
 * @throws EngineError bad-encoder, not-found
 */
export async function openTextTower(tower: TextTower): Promise<OpenTextTower> {
  const { folder, model } = tower;
  const path = join(folder, 'tokenizer.json');
  const [config, tokenizerConfig, tokenizerJson] = await Promise.all(
    ['config.json', 'tokenizer_config.json', 'tokenizer.json'].map((name) =>
      readJson(join(folder, name)),
    ),
  );
  if (!tokenizerJson) throw new EngineError('not-found', `There is no file ${path}.`);
  const tokenizer = new TextTokenizer(path, tokenizerJson, tokenizerConfig ?? {});
  const file = await readOnnxFile(model);
  await externalDataFiles(file);
  const ids = tokenInput(file);
  const output = vectorOutput(file, tower);
  const limits = tokenLimits(tower, ids, config ?? {}, tokenizerConfig ?? {});
  const session = await guarded(model, () =>
    InferenceSession.create(model, { logSeverityLevel: 4, ...sessionThreads() }),
  );
  return {
    encode: async (text) => {
      const tokens = tokenizer.tokens(text, limits);
      const feeds = Object.fromEntries(
        file.inputs.map((input) => [input.name, feed(input, tokens)]),
      );
      const results = await guarded(model, () => session.run(feeds, [output]));
      return { vector: unitVector(tower, floatOutput(results[output]).values), cut: tokens.cut };
    },
  };
}

async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw onnxRuntimeError(path, error);
  }
}

/**
 * Checks the inputs of a text tower.
 * @throws EngineError bad-encoder where it takes no tokens, or an unknown input
 */
function tokenInput({ path, inputs }: OnnxFile): OnnxValue {
  const ids = inputs.find(({ name }) => name === 'input_ids');
  const others = inputs.filter(({ name }) => !(name in fillings));
  if (ids && others.length === 0) return ids;
  const list = inputs.map(({ name, type }) => `${name} (${type})`).join(', ');
  throw new EngineError(
    'bad-encoder',
    `${path} is no text tower: it takes ${list}; input_ids and a mask can be given.`,
  );
}

/** The value of each input of a text tower for a token; `isText` is false for padding. */
const fillings: Readonly<Record<string, (id: number, isText: boolean, index: number) => number>> = {
  input_ids: (id) => id,
  attention_mask: (_, isText) => (isText ? 1 : 0),
  position_ids: (_id, _isText, index) => index,
  token_type_ids: () => 0,
};

function feed({ name, type }: OnnxValue, { ids, length }: TextTokens): Tensor {
  const filling = fillings[name] ?? ((id: number) => id);
  const values = ids.map((id, index) => filling(id, index < length, index));
  const shape = [1, ids.length];
  if (type === 'int32') return new Tensor('int32', Int32Array.from(values), shape);
  return new Tensor('int64', BigInt64Array.from(values, BigInt), shape);
}

function vectorOutput({ path, outputs }: OnnxFile, tower: TextTower): string {
  const output = outputs.find(({ name }) => tower.output.test(name));
  if (output) return output.name;
  const names = outputs.map(({ name }) => name).join(', ');
  throw new EngineError(
    'bad-encoder',
    `${path} gives ${names}; none of them lies in the space of the pictures of "${tower.encoder}".`,
  );
}

function tokenLimits(
  { family }: TextTower,
  { shape }: OnnxValue,
  config: Config,
  tokenizerConfig: Config,
): TokenLimits {
  const fixed = shape?.[1];
  const text = (config['text_config'] ?? config) as Config;
  const lengths = [text['max_position_embeddings'], tokenizerConfig['model_max_length']];
  // Transformers writes 1e30 where a tokenizer has no limit.
  const known = lengths.filter(
    (length): length is number => typeof length === 'number' && length >= 1 && length < 1e6,
  );
  const isFixed = typeof fixed === 'number';
  const padId = text['pad_token_id'];
  return {
    most: isFixed ? fixed : Math.min(...(known.length > 0 ? known : [usualTokens])),
    // SigLIP was trained on texts of one length, and pools the last token.
    isFilled: isFixed || /siglip/i.test(family),
    padId: typeof padId === 'number' ? padId : 0,
  };
}

/**
 * The unit vector of an output.
 * @throws EngineError bad-encoder where it is 0, or has another length than the pictures' vectors
 */
function unitVector({ model, encoder, dimensions }: TextTower, values: Float32Array): Float32Array {
  if (values.length !== dimensions) {
    throw new EngineError(
      'bad-encoder',
      `${model} gives vectors of ${values.length} numbers, and the pictures of "${encoder}" have ${dimensions}: the two towers do not belong together.`,
    );
  }
  const vector = values.slice();
  if (toUnitRows(vector, dimensions).length === 0) return vector;
  throw new EngineError('bad-encoder', `${model} gives this text no direction; say it otherwise.`);
}
