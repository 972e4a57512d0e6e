import { stat } from 'node:fs/promises';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { StoredEncoder } from '../../store/encoders.ts';
import { encoderIdentity } from './encoder-identity.ts';

/**
 * Checks that an encoder's files still have its identity, before it embeds pictures.
 * @throws EngineError not-found if a file is gone or has changed, and as `yieldToEvents`
 */
export async function checkUnchanged(
  { description, identity, name }: StoredEncoder,
  yieldToEvents: () => Promise<void>,
): Promise<void> {
  for (const { path } of description.files) {
    try {
      await stat(path);
    } catch (cause) {
      throw new EngineError(
        'not-found',
        `The encoder "${name}" was at ${path}, which is gone. If you moved it, add it again from where it is now: it will be recognised.`,
        { cause },
      );
    }
  }
  const onBytes = (): void => undefined;
  if ((await encoderIdentity(description, { onBytes, yieldToEvents })) === identity) return;
  throw new EngineError(
    'not-found',
    `The file ${description.path} of the encoder "${name}" has other weights now; add it again as a new encoder.`,
  );
}
