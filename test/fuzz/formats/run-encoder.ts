import { setImmediate } from 'node:timers/promises';
import { inspectEncoder } from '../../../src-main/engine/encoders/loaded/inspect-encoder.ts';
import { encoderIdentity } from '../../../src-main/engine/encoders/loaded/encoder-identity.ts';
import { EncoderSession } from '../../../src-main/engine/encoders/loaded/encoder-session.ts';
import { countTokens } from '../../../src-main/engine/encoders/loaded/settle-tokens.ts';

/**
 * Does with an encoder's file or folder what adding it does: describes it, reads its weights, and embeds a
 * picture with it.
 * @throws EngineError where it is refused
 */
export async function runEncoder(path: string): Promise<void> {
  const description = await countTokens(await inspectEncoder({ path }), false);
  await encoderIdentity(description, {
    yieldToEvents: () => setImmediate(),
    onBytes: () => undefined,
  });
  const session = await EncoderSession.open(description, 'cpu');
  try {
    const picture = new Uint8Array(session.pictureLength).fill(100);
    await session.embed(picture, description.input.batch ?? 1);
  } finally {
    await session.dispose();
  }
}
