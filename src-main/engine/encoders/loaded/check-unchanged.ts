import { stat } from 'node:fs/promises';
import { EngineError } from '../../../contract/errors.ts';
import type { StoredEncoder } from '../../store/encoders.ts';
import { encoderIdentity } from './encoder-identity.ts';

/**
 * What is embedded under an identity must be by these very weights.
 * @throws EngineError not-found where they are gone or others now, and as `yieldToEvents`
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
        `The encoder "${name}" was at ${path}, which is gone. If you moved it, add it again from where it is now: it will be known again.`,
        { cause },
      );
    }
  }
  const onBytes = (): void => undefined;
  if ((await encoderIdentity(description, { onBytes, yieldToEvents })) === identity) return;
  throw new EngineError(
    'not-found',
    `The file ${description.path} of the encoder "${name}" holds other weights now; add it again as an encoder of its own.`,
  );
}
