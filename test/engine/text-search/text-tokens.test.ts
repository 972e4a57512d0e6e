import { describe, expect, it } from 'vitest';
import { TextTokenizer } from '../../../src-main/engine/text-search/text-tokens.ts';
import { tokenizerJson } from './two-towers.ts';

const added = (id: number, content: string) => ({
  ...{ id, content, special: true },
  ...{ single_word: false, lstrip: false, rstrip: false, normalized: true },
});

/** CLIP's parts with a vocabulary of ten. */
const clip = {
  added_tokens: [added(8, '<|startoftext|>'), added(9, '<|endoftext|>')],
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'NFC' },
      { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
      { type: 'Lowercase' },
    ],
  },
  pre_tokenizer: {
    type: 'Sequence',
    pretokenizers: [
      {
        type: 'Split',
        pattern: {
          Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
        },
        behavior: 'Removed',
        invert: true,
      },
      { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
    ],
  },
  post_processor: {
    type: 'RobertaProcessing',
    ...{ sep: ['<|endoftext|>', 9], cls: ['<|startoftext|>', 8] },
    ...{ trim_offsets: false, add_prefix_space: false },
  },
  model: {
    type: 'BPE',
    ...{ unk_token: '<|endoftext|>', continuing_subword_prefix: '', end_of_word_suffix: '</w>' },
    vocab: {
      ...{ r: 0, e: 1, 'd</w>': 2, 'a</w>': 3, re: 4, 'red</w>': 5, '!</w>': 6, s: 7 },
      ...{ '<|startoftext|>': 8, '<|endoftext|>': 9 },
    },
    merges: ['r e', 're d</w>'],
  },
};

/** SigLIP's parts with a vocabulary of eight. */
const siglip = {
  added_tokens: [added(1, '</s>'), added(2, '<unk>')],
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'Lowercase' },
      { type: 'Replace', pattern: { Regex: '[!"#$%&]' }, content: '' },
      { type: 'Strip', strip_left: true, strip_right: true },
    ],
  },
  pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
  post_processor: {
    type: 'TemplateProcessing',
    single: [{ Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '</s>', type_id: 0 } }],
    pair: [],
    special_tokens: { '</s>': { id: '</s>', ids: [1], tokens: ['</s>'] } },
  },
  model: {
    type: 'Unigram',
    unk_id: 2,
    vocab: [
      ...[['<pad>', 0] as const, ['</s>', 0] as const, ['<unk>', 0] as const],
      ...[['▁red', -1] as const, ['▁', -3] as const, ['b', -4] as const],
      ...[['▁a', -1.5] as const, ['ird', -2] as const],
    ],
  },
};

const tokens = (json: object, text: string, limits: object = {}) =>
  new TextTokenizer('tokenizer.json', { decoder: null, ...json }, {}).tokens(text, {
    ...{ most: 8, isFilled: false, padId: 1 },
    ...limits,
  });

describe('the tokens of a text', () => {
  it('are words and their parts between the special tokens', () => {
    expect(tokens(tokenizerJson, 'A picture').ids).toEqual([2, 7, 8, 9, 3]);
    expect(tokens(clip, 'A  Red !').ids).toEqual([8, 3, 5, 6, 9]);
    expect(tokens(siglip, 'A Red bird!').ids).toEqual([6, 3, 4, 5, 7, 1]);
  });

  it('are filled up where the model reads one length, with what the file says', () => {
    const filled = { isFilled: true };
    expect(tokens(siglip, 'A red', filled)).toEqual({
      ids: [6, 3, 1, 1, 1, 1, 1, 1],
      length: 3,
      cut: null,
    });
    const padding = { ...tokenizerJson, padding: { pad_id: 0, pad_token: '[PAD]' } };
    expect(tokens(padding, 'red', filled).ids).toEqual([2, 4, 3, 0, 0, 0, 0, 0]);
  });

  it('are cut at the end of the text, not of what stands around it', () => {
    const cut = { tokens: 9, read: 6 };
    expect(tokens(clip, 'red '.repeat(9))).toEqual({
      ids: [8, 5, 5, 5, 5, 5, 5, 9],
      length: 8,
      cut,
    });
  });
});
