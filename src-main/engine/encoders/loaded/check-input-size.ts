import { EngineError } from '../../../contract/errors/errors.ts';
import type { EncoderInput } from '../../../contract/loaded-encoders.ts';

/** Pixels of one run, with which a model's input takes 400 MB: eight pictures of 2048 x 2048. */
const mostPixels = 2 ** 25;
/** A side that a model leaves open is not larger than this. */
const openSide = 224;

/**
 * Refuses a model whose fixed input would not fit in memory.
 * @throws EngineError bad-encoder
 */
export function checkInputSize(path: string, input: EncoderInput): EncoderInput {
  const { batch, width, height } = input;
  const pixels = (batch ?? 1) * (width ?? openSide) * (height ?? openSide);
  if (pixels <= mostPixels) return input;
  throw new EngineError(
    'bad-encoder',
    `${path} takes ${batch ?? 1} pictures of ${width ?? 'any'} x ${height ?? 'any'} pixels at once, which do not fit in memory: export it with smaller sides, or with open ones.`,
  );
}
