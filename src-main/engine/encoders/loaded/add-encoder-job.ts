import { basename, dirname, extname } from 'node:path';
import type { z } from 'zod';
import { EngineError } from '../../../contract/errors/errors.ts';
import type {
  addEncoderInput,
  addEncoderResult,
  EncoderDescription,
} from '../../../contract/loaded-encoders.ts';
import { readyEncoders } from '../../../contract/runs.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import {
  encoderByIdentity,
  encoderByName,
  saveEncoder,
  type StoredEncoder,
} from '../../store/encoders.ts';
import type { Library } from '../../store/library-file.ts';
import { libraryDecoding } from '../../store/library-decoding.ts';
import { testOnDevices } from './choose-encoder-device.ts';
import { encoderIdentity } from './encoder-identity.ts';
import { inspectEncoder } from './inspect-encoder.ts';
import { knownEncoder } from './known-encoder.ts';
import { countTokens } from './settle-tokens.ts';
import { testPictures } from './test-pictures.ts';

const testedPictures = 16;

/**
 * The job that adds an encoder: reads it, runs its self-test, and stores it in the library. An encoder
 * with the identity of a stored one replaces it, with the path where its files are now.
 * @throws EngineError not-found, bad-encoder, bad-argument, device-unavailable, cancelled
 */
export async function runAddEncoderJob(
  context: JobContext,
  input: z.infer<typeof addEncoderInput>,
): Promise<z.infer<typeof addEncoderResult>> {
  const { encoder, known } = await addEncoder(context, input);
  return { ...(await knownEncoder(encoder)), known };
}

/**
 * Adds an encoder as `runAddEncoderJob` does; `known` says whether one with its identity was stored.
 * @throws EngineError not-found, bad-encoder, bad-argument, device-unavailable, cancelled
 */
export async function addEncoder(
  context: JobContext,
  input: z.infer<typeof addEncoderInput>,
): Promise<{ encoder: StoredEncoder; known: boolean }> {
  const { library, signal, now } = context;
  const yieldToEvents = () => context.yieldToEvents();
  context.report({ progress: 0, message: 'Reading the model' });
  const isChosen = input.output !== undefined && input.output.pooling !== 'auto';
  const description = await countTokens(await inspectEncoder(input), isChosen);
  const identity = await encoderIdentity(description, {
    yieldToEvents,
    onBytes: (done, total) =>
      context.report({ progress: (0.5 * done) / total, message: 'Reading the weights' }),
  });
  const known = encoderByIdentity(library, identity);
  const name = known?.name ?? freeName(library, input.name, description);
  context.report({ progress: 0.5, message: 'Decoding pictures for the self-test' });
  const pictures = await testPictures(library, description.preprocessing, testedPictures, signal);
  context.report({ progress: 0.6, message: 'Self-test: finite, not constant, batch, speed' });
  const wanted = input.device;
  const selfTest = await testOnDevices({ description, wanted, pictures, now, yieldToEvents });
  // Vectors that are stored under the identity were made with the decoding of the first time.
  const decoding = known ? known.description.decoding : libraryDecoding(library);
  const encoder = saveEncoder(library, {
    ...{ identity, name, selfTest },
    description: { ...description, ...(decoding && { decoding }) },
  });
  context.report({ progress: 1, message: `Added ${name}` });
  return { encoder, known: known !== null };
}

function freeName(
  library: Library,
  wanted: string | undefined,
  description: EncoderDescription,
): string {
  const isTaken = (name: string): boolean =>
    Object.hasOwn(readyEncoders, name) || encoderByName(library, name) !== null;
  if (wanted !== undefined) {
    if (!isTaken(wanted)) return wanted;
    throw new EngineError(
      'bad-argument',
      `There is an encoder named "${wanted}" already; choose another name.`,
    );
  }
  const own = ownName(description);
  let name = own;
  for (let number = 2; isTaken(name); number++) name = `${own} ${number}`;
  return name;
}

/** The file's name, or its folder's name if the file has one of the usual names of models. */
function ownName({ path }: EncoderDescription): string {
  const file = basename(path, extname(path));
  if (!/^(vision_)?model(_\w+)?$/.test(file)) return file;
  const folder = dirname(path);
  return basename(basename(folder) === 'onnx' ? dirname(folder) : folder) || file;
}
