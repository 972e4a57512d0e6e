import type { EncoderDescription } from '../../../contract/loaded-encoders.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import { toldReason } from '../../../contract/errors/told-reason.ts';
import { compileProgram } from '../../graph/compile-program.ts';
import type { Program } from '../../graph/program.ts';
import type { LoadedModel } from './loaded-model.ts';
import { readTfjsFile } from './tfjs-file.ts';
import { loadTfjsNetwork } from './tfjs-network.ts';

/**
 * Opens a TFJS model: the tracer records one graph for each batch size, which ONNX Runtime runs.
 * @throws EngineError bad-encoder, unsupported-operation naming what cannot be recorded
 */
export async function openTfjsModel(
  { path, output, preprocessing }: EncoderDescription,
  device: string,
): Promise<LoadedModel> {
  const network = await loadTfjsNetwork(path, await readTfjsFile(path));
  const { width, height } = preprocessing;
  const programs = new Map<number, Promise<Program>>();
  const compile = (batch: number): Promise<Program> =>
    guarded(path, () =>
      compileProgram(
        {
          name: 'loaded-encoder',
          inputs: [{ name: 'pictures', shape: [batch, height, width, 3], dtype: 'float' }],
          build: ({ pictures }) => {
            if (!pictures)
              throw new EngineError('internal', 'The encoder was built without pictures.');
            return { vectors: network.apply(pictures, output.name) };
          },
        },
        device,
      ),
    );
  return {
    device,
    run: async (pictures, batch) => {
      const program = programs.get(batch) ?? compile(batch);
      programs.set(batch, program);
      const vectors = (
        await guarded(path, async () => (await program).run({ pictures: pictures as Float32Array }))
      )['vectors'];
      if (vectors?.values instanceof Float32Array) {
        return { shape: vectors.shape, values: vectors.values };
      }
      throw new EngineError('bad-encoder', `The output ${output.name} of ${path} is not numbers.`);
    },
    dispose: async () => {
      for (const program of programs.values()) await (await program).dispose();
      network.dispose();
    },
  };
}

/** What the file of a model says wrong of itself may be seen only when it is recorded, or run. */
async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    const reason = toldReason(cause, 'its layers do not fit together').replaceAll(/\s+/g, ' ');
    throw new EngineError('bad-encoder', `${path} cannot be run: ${reason}.`, { cause });
  }
}
