import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { addEncoderInput } from '../../../../src-main/contract/loaded-encoders.ts';
import { embedInput } from '../../../../src-main/contract/runs.ts';
import { runEmbedJob } from '../../../../src-main/engine/encoders/embed-job.ts';
import { runAddEncoderJob } from '../../../../src-main/engine/encoders/loaded/add-encoder-job.ts';
import type { Library } from '../../../../src-main/engine/store/library-file.ts';
import { scannedLibrary } from '../../../libraries/scanned-library.ts';
import { temporaryFolder } from '../../store/temporary-library.ts';
import { testContext } from '../../training/job-contexts.ts';
import { writeOnnx } from './write-onnx.ts';
import type { TestModel } from './write-onnx.ts';

/** Adds an encoder, on the processor. */
export const add = (library: Library, input: object) =>
  runAddEncoderJob(
    testContext({ library, job: 1 }),
    addEncoderInput.parse({ device: 'cpu', ...input }),
  );
export const embed = (library: Library, encoder: string, more: object = {}) =>
  runEmbedJob(
    testContext({ library, job: 2 }),
    embedInput.parse({ encoder, device: 'cpu', ...more }),
  );

/** Writes a model into a folder, a new one if none is given. */
export function written(model: TestModel, name = 'model.onnx', folder = temporaryFolder()): string {
  mkdirSync(folder, { recursive: true });
  return writeOnnx(join(folder, name), model);
}

/** A library of 12 pictures of one class. */
export function smallLibrary(): Promise<Library> {
  return scannedLibrary(['animal-bird']);
}
