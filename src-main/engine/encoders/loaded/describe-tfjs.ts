import { EngineError } from '../../../contract/errors/errors.ts';
import type { EncoderDescription, EncoderInput } from '../../../contract/loaded-encoders.ts';
import { poolingsOf } from '../../networks/pool-output.ts';
import { checkInputSize } from './check-input-size.ts';
import { chooseOutput } from './choose-output.ts';
import type { EncoderHints } from './model-folder.ts';
import { assumedPreprocessing } from './preprocessing/assumed-preprocessing.ts';
import { readTfjsFile } from './tfjs-file.ts';
import { loadTfjsNetwork } from './tfjs-network.ts';
import type { TfjsNetwork } from './tfjs-network.ts';

/**
 * The description of a TFJS model: its input, its outputs, the chosen output and the preprocessing.
 * @throws EngineError not-found, bad-encoder
 */
export async function describeTfjs(path: string, hints: EncoderHints): Promise<EncoderDescription> {
  const file = await readTfjsFile(path);
  const network = await loadTfjsNetwork(path, file);
  try {
    const input = checkInputSize(path, pictureInput(path, network));
    const outputs = network.outputs.map(({ name, shape }) => {
      const open = shape?.map((side) => side ?? '?') ?? null;
      return { name, type: 'float32', shape: open, poolings: poolingsOf(open) };
    });
    return {
      path,
      kind: file.kind,
      family: hints.family,
      files: [...file.files],
      input,
      outputs,
      ...chooseOutput(path, outputs, hints.family),
      ...assumedPreprocessing(input, hints.files, null),
      notes: [
        ...hints.notes,
        'TensorFlow.js models are recorded as an ONNX graph and run by ONNX Runtime.',
      ],
    };
  } finally {
    network.dispose();
  }
}

function pictureInput(path: string, { input }: TfjsNetwork): EncoderInput {
  const [batch = null, height = null, width = null, channels = null] = input.shape;
  if (input.shape.length !== 4 || (channels !== null && channels !== 3)) {
    throw new EngineError(
      'bad-encoder',
      `${path} takes no pictures: its input ${input.name} is [${input.shape.map((side) => side ?? '?').join(' x ')}], not pictures x height x width x 3.`,
    );
  }
  return {
    name: input.name,
    type: 'float32',
    shape: [batch ?? '?', height ?? '?', width ?? '?', channels ?? '?'],
    layout: 'NHWC',
    batch,
    width,
    height,
  };
}
