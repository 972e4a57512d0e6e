import type { z } from 'zod';
import type { EncoderDescription, inspectEncoderInput } from '../../../contract/loaded-encoders.ts';
import { preprocessing as preprocessingSchema } from '../../../contract/preprocessing.ts';
import type { PreprocessingChanges } from '../../../contract/preprocessing.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import { wantedOutput } from './choose-output.ts';
import { describeOnnx } from './describe-onnx.ts';
import { externalDataFiles } from './external-data.ts';
import { findModel } from './model-folder.ts';
import { withKnownTokens } from './settle-tokens.ts';
import { readOnnxFile } from './onnx-file.ts';

/**
 * The description of the encoder in a file or folder: the model, its input and outputs, and the
 * preprocessing, with the output and the preprocessing that were asked for. Nothing is run.
 * @throws EngineError not-found, bad-encoder, bad-argument
 */
export async function inspectEncoder(
  input: z.infer<typeof inspectEncoderInput>,
): Promise<EncoderDescription> {
  const { format, model, hints } = await findModel(input.path);
  const described =
    format === 'onnx'
      ? await describeOnnxFile(model, hints)
      : await (await import('./describe-tfjs.ts')).describeTfjs(model, hints);
  const resized = {
    ...described,
    ...(input.preprocessing && changedPreprocessing(described, input.preprocessing)),
  };
  const found = await withKnownTokens(resized);
  if (!input.output) return found;
  return await withKnownTokens({ ...resized, ...wantedOutput(found, input.output) }, true);
}

async function describeOnnxFile(
  path: string,
  hints: Parameters<typeof describeOnnx>[2],
): Promise<EncoderDescription> {
  const file = await readOnnxFile(path);
  return describeOnnx(file, await externalDataFiles(file), hints);
}

function changedPreprocessing(
  { preprocessing, preprocessingReason, input, path }: EncoderDescription,
  changes: PreprocessingChanges,
): Pick<EncoderDescription, 'preprocessing' | 'preprocessingReason'> {
  const plan = preprocessingSchema.parse({ ...preprocessing, ...changes });
  for (const side of ['width', 'height'] as const) {
    if (input[side] !== null && plan[side] !== input[side]) {
      throw new EngineError(
        'bad-argument',
        `${path} fixes the ${side} at ${input[side]} pixels; it cannot be ${plan[side]}.`,
      );
    }
  }
  const changed = Object.entries(changes).filter(
    ([key, value]) =>
      JSON.stringify(value) !== JSON.stringify(preprocessing[key as keyof typeof preprocessing]),
  );
  if (changed.length === 0) return { preprocessing, preprocessingReason };
  const names = changed.map(([key]) => key).join(', ');
  return {
    preprocessing: plan,
    preprocessingReason: `${preprocessingReason} Changed by you: ${names}.`,
  };
}
