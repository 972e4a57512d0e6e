import type { Decoding } from '../../../contract/decoding.ts';
import { resizeOf } from '../../networks/trainable-encoder.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import type { PixelsTask } from '../../pictures/decode-task.ts';

/**
 * Decodes a picture to [size, size, 3] RGB bytes for a network that was trained here: as its own encoder
 * resizes it, or else as the middle square.
 */
export function pixelsTaskOf(
  plan: Pick<EncoderPlan, 'body'>,
  size: number,
  decoding: Decoding,
): (path: string, hash: string) => PixelsTask {
  const resize = resizeOf(plan);
  if (resize === null) return (path, hash) => ({ kind: 'pixels', path, hash, size, decoding });
  // The order of colours is a part of the network, which takes red, green and blue.
  const rgb = { ...resize, channels: 'rgb' } as const;
  return (path, hash) => ({ kind: 'resized', path, hash, resize: rgb, decoding });
}
