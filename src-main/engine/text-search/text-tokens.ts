import { Tokenizer } from '@huggingface/tokenizers';
import { EngineError } from '../../contract/errors/errors.ts';
import { toldReason } from '../../contract/errors/told-reason.ts';

/** A text as tokens, as a model reads it. */
export interface TextTokens {
  readonly ids: readonly number[];
  /** How many of them are tokens of the text; the rest is padding. */
  readonly length: number;
  /** How many tokens the whole text has; null where all of them are read. */
  readonly cut: { readonly tokens: number; readonly read: number } | null;
}

export interface TokenLimits {
  /** The most tokens that the model reads. */
  readonly most: number;
  /** Whether shorter texts are padded to that length. */
  readonly isFilled: boolean;
  /** The token for padding, where tokenizer.json does not say. */
  readonly padId: number;
}

/** Splits text into the tokens of a tokenizer.json. */
export class TextTokenizer {
  readonly #path: string;
  readonly #tokenizer: Tokenizer;
  readonly #padId: number | null;

  /**
   * @param path of the tokenizer.json, for errors
   * @throws EngineError bad-encoder where it is not a tokenizer
   */
  constructor(path: string, json: Record<string, unknown>, config: Record<string, unknown>) {
    const padding = json['padding'] as { pad_id?: unknown } | null | undefined;
    this.#path = path;
    this.#padId = typeof padding?.pad_id === 'number' ? padding.pad_id : null;
    try {
      this.#tokenizer = new Tokenizer(json, config);
    } catch (cause) {
      throw unusable(path, toldReason(cause, noSense), cause);
    }
  }

  /**
   * The tokens of a text; of a text that is too long, those of its beginning between the same special
   * tokens.
   * @throws EngineError bad-encoder where the tokenizer has no numbers for them
   */
  tokens(text: string, { most, isFilled, padId }: TokenLimits): TextTokens {
    const whole = this.#ids(text, true);
    const own = this.#ids(text, false);
    // For an unknown kind of tokenizer the package reports no error, and finds no tokens.
    if (!whole.every(Number.isInteger))
      throw unusable(this.#path, 'it knows no tokens of this text');
    const before = whole.findIndex((_, start) =>
      own.every((id, index) => whole[start + index] === id),
    );
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

  #ids(text: string, hasSpecial: boolean): readonly number[] {
    try {
      return this.#tokenizer.encode(text, { add_special_tokens: hasSpecial }).ids;
    } catch (cause) {
      throw unusable(this.#path, toldReason(cause, noSense), cause);
    }
  }
}

const noSense = 'what it says makes no sense';

function unusable(path: string, reason: string, cause?: unknown): EngineError {
  const sentence = `${path} is no tokenizer that can be used: ${reason}.`;
  return new EngineError('bad-encoder', sentence, { cause });
}
