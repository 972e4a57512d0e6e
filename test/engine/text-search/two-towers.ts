import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeOnnx } from '../encoders/loaded/write-onnx.ts';
import type { TestModel } from '../encoders/loaded/write-onnx.ts';

const words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'red', 'green', 'blue', 'a', 'pic', '##ture'];
const special = (content: string) => ({
  ...{ id: words.indexOf(content), content, special: true },
  ...{ single_word: false, lstrip: false, rstrip: false, normalized: false },
});

/** As tokenizers writes it: lower case, words, WordPiece, [CLS] and [SEP] around. */
export const tokenizerJson = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map(special),
  normalizer: { type: 'BertNormalizer', clean_text: true, strip_accents: null, lowercase: true },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [
      { SpecialToken: { id: '[CLS]', type_id: 0 } },
      { Sequence: { id: 'A', type_id: 0 } },
      { SpecialToken: { id: '[SEP]', type_id: 0 } },
    ],
    pair: [],
    special_tokens: {
      '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
      '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
    },
  },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(words.map((word, id) => [word, id])),
  },
};

/** The mean colour of a picture around its own grey, which is what the text tower's words are made of. */
export const colourTower: TestModel = {
  inputs: [{ name: 'pixel_values', type: 'float32', shape: ['batch_size', 3, 32, 32] }],
  outputs: [
    { name: 'image_embeds', type: 'float32', shape: ['batch_size', 3] },
    { name: 'last_hidden_state', type: 'float32', shape: ['batch_size', 3, 1, 1] },
  ],
  tensors: [{ name: 'lastAxis', dims: [1], values: BigInt64Array.of(1n) }],
  nodes: [
    { op: 'GlobalAveragePool', in: ['pixel_values'], out: ['last_hidden_state'] },
    { op: 'Flatten', in: ['last_hidden_state'], out: ['means'] },
    { op: 'ReduceMean', in: ['means', 'lastAxis'], out: ['grey'] },
    { op: 'Sub', in: ['means', 'grey'], out: ['image_embeds'] },
  ],
};
/** Adds up the colours of a text's words; everything but colours is black. */
export function wordTower(dimensions = 3): TestModel {
  const table = new Float32Array(words.length * dimensions);
  for (const [channel, word] of ['red', 'green', 'blue'].entries()) {
    const row = words.indexOf(word) * dimensions;
    table.fill(-1 / 3, row, row + 3);
    table[row + channel] = 2 / 3;
  }
  // Padding that counted would draw every text to green.
  table[1] = 5;
  const axis = (name: string, value: bigint) => ({
    ...{ name, dims: [1], values: BigInt64Array.of(value) },
  });
  const ids = (name: string) => ({ name, type: 'int64' as const, shape: ['batch', 'length'] });
  return {
    inputs: [ids('input_ids'), ids('attention_mask')],
    outputs: [{ name: 'text_embeds', type: 'float32', shape: ['batch', dimensions] }],
    tensors: [
      { name: 'table', dims: [words.length, dimensions], values: table },
      axis('last', 2n),
      axis('words', 1n),
    ],
    nodes: [
      { op: 'Gather', in: ['table', 'input_ids'], out: ['colours'] },
      { op: 'Cast', in: ['attention_mask'], out: ['mask'], with: { to: 1 } },
      { op: 'Unsqueeze', in: ['mask', 'last'], out: ['counts'] },
      { op: 'Mul', in: ['colours', 'counts'], out: ['counted'] },
      { op: 'ReduceSum', in: ['counted', 'words'], out: ['text_embeds'], with: { keepdims: 0 } },
    ],
  };
}

export interface TowerFiles {
  /** Null leaves the text tower out. */
  readonly text?: TestModel | null;
  /** Null leaves tokenizer.json out; a text is written as it is. */
  readonly tokenizer?: object | string | null;
}

/** A folder in `home` with a vision and a text tower, as Hugging Face lays them out. */
export function twoTowers(home: string, files: TowerFiles = {}): string {
  const { text = wordTower(), tokenizer = tokenizerJson } = files;
  const folder = join(home, 'colour-clip');
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  const json = (name: string, value: object): void =>
    writeFileSync(join(folder, name), JSON.stringify(value));
  json('config.json', { model_type: 'clip', text_config: { max_position_embeddings: 8 } });
  const preprocessor = { size: { height: 32, width: 32 }, image_mean: [0, 0, 0] };
  json('preprocessor_config.json', { ...preprocessor, image_std: [1, 1, 1] });
  json('tokenizer_config.json', { model_max_length: 1e30, pad_token: '[PAD]' });
  if (typeof tokenizer === 'string') writeFileSync(join(folder, 'tokenizer.json'), tokenizer);
  else if (tokenizer !== null) json('tokenizer.json', tokenizer);
  writeOnnx(join(folder, 'onnx/vision_model.onnx'), colourTower);
  if (text !== null) writeOnnx(join(folder, 'onnx/text_model.onnx'), text);
  return folder;
}
