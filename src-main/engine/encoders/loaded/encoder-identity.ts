import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { EncoderDescription } from '../../../contract/loaded-encoders.ts';
import { EngineError } from '../../../contract/errors/errors.ts';

interface HashProgress {
  readonly onBytes: (done: number, total: number) => void;
  /** Throws once the job is cancelled. */
  readonly yieldToEvents: () => Promise<void>;
}

/**
 * The identity of an encoder: the SHA-256, hex, of its files' contents, the output and the
 * preprocessing. The folder of the files does not matter.
 * @throws EngineError not-found if a file is gone, cancelled
 */
export async function encoderIdentity(
  description: EncoderDescription,
  { onBytes, yieldToEvents }: HashProgress,
): Promise<string> {
  const { kind, files, output, preprocessing, tokens } = description;
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const whole = createHash('sha256');
  let done = 0;
  for (const [index, { path }] of files.entries()) {
    const hash = createHash('sha256');
    try {
      for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 22 })) {
        const bytes = chunk as Buffer;
        hash.update(bytes);
        done += bytes.length;
        onBytes(done, total);
        await yieldToEvents();
      }
    } catch (cause) {
      if (cause instanceof EngineError) throw cause;
      throw new EngineError('not-found', `${path} cannot be read any more.`, { cause });
    }
    // The model refers to the other files by name, so their names count, but not its own.
    whole.update(`${index === 0 ? '' : basename(path)} ${hash.digest('hex')}\n`);
  }
  const keys = Object.keys(preprocessing).sort() as (keyof typeof preprocessing)[];
  // Without the keys that came later where they say nothing, so that encoders keep their identity.
  const plan = keys
    .map((key) => [key, preprocessing[key]] as const)
    .filter(([, value]) => value !== null && value !== undefined && value !== 'down');
  // Registers once counted for a mean; encoders that were added then have none, and another identity.
  const registers = tokens && tokens.registers > 0 ? [tokens] : [];
  whole.update(JSON.stringify([kind, output.name, output.pooling, plan, ...registers]));
  await setImmediate();
  return whole.digest('hex');
}
