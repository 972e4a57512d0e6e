import { Tokenizer } from '@huggingface/tokenizers';
import { EngineError } from '../../contract/errors.ts';

/** A text as a model reads it. */
export interface TextTokens {
  readonly ids: readonly number[];
  /** How many of them are tokens of the text; the rest fills up. */
  readonly length: number;
  /** Null where all of the text is read. */
  readonly cut: { readonly tokens: number; readonly read: number } | null;
}

export interface TokenLimits {
  /** Most tokens that the model reads. */
  readonly most: number;
  /** Whether shorter texts are filled up to that. */
  readonly isFilled: boolean;
  /** With what, where tokenizer.json does not say. */
  readonly padId: number;
}

/** Splits text into the tokens of a tokenizer.json. */
export class TextTokenizer {
  readonly #path: string;
  readonly #tokenizer: Tokenizer;
  readonly #padId: number | null;

  /**
   * @param path of the tokenizer.json, for the sentence of an error
   * @throws EngineError bad-encoder where it is no tokenizer
   */
  constructor(path: string, json: Record<string, unknown>, config: Record<string, unknown>) {
    const padding = json['padding'] as { pad_id?: unknown } | null | undefined;
    this.#path = path;
    this.#padId = typeof padding?.pad_id === 'number' ? padding.pad_id : null;
    try {
      this.#tokenizer = new Tokenizer(json, config);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw unusable(path, reason.replace(/\.$/, ''), cause);
    }
  }

  /**
   * The tokens of a text; of a longer one its beginning, between the same special tokens.
   * @throws EngineError bad-encoder where the tokenizer has no numbers for them
   */
  tokens(text: string, { most, isFilled, padId }: TokenLimits): TextTokens {
    const whole = this.#tokenizer.encode(text).ids;
    const own = this.#tokenizer.encode(text, { add_special_tokens: false }).ids;
    // Of a kind that it does not know the library says nothing, and finds no tokens.
    if (!whole.every(Number.isInteger))
      throw unusable(this.#path, 'it knows no tokens of this text');
    const before = whole.findIndex((_, at) => own.every((id, place) => whole[at + place] === id));
    const after = whole.slice(before + own.length);
    const room = most - before - after.length;
    const isCut = own.length > room;
    const read = isCut
      ? [...whole.slice(0, before), ...own.slice(0, Math.max(0, room)), ...after]
      : whole;
    const filler = this.#padId ?? padId;
    const ids = isFilled
      ? [...read, ...Array.from({ length: most - read.length }, () => filler)]
      : read;
    const cut = isCut ? { tokens: own.length, read: room } : null;
    return { ids, length: read.length, cut };
  }
}

function unusable(path: string, reason: string, cause?: unknown): EngineError {
  const sentence = `${path} is no tokenizer that can be used: ${reason}.`;
  return new EngineError('bad-encoder', sentence, { cause });
}
