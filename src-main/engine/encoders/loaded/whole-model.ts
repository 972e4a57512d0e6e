import { open, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { EngineError } from '../../../contract/errors/errors.ts';
import { externalDataFiles } from './external-data.ts';
import { readOnnxFile } from './onnx-file.ts';
import { decodeModel, tensorsOf } from '../../onnx/model-message.ts';
import type { ModelMessage, TensorMessage } from '../../onnx/model-message.ts';

/** The largest file that protobuf can hold, less some bytes for the head. */
const mostBytes = 2 ** 31 - 2 ** 26;

/**
 * Reads an ONNX model and takes the weights from the files beside it into the model.
 * @throws EngineError bad-encoder where it is too large for one file or cannot be merged; as
 * `readOnnxFile`
 */
export async function readWholeModel(path: string): Promise<ModelMessage> {
  const file = await readOnnxFile(path);
  const beside = await externalDataFiles(file);
  const total = beside.reduce((sum, { sizeBytes }) => sum + sizeBytes, file.sizeBytes);
  if (total > mostBytes) {
    throw new EngineError(
      'bad-encoder',
      `${path} and the files beside it have ${(total / 2 ** 30).toFixed(1)} GB of weights; with what is trained here they must be in one ONNX file, which holds 2 at most. Train a head on it, and export its embeddings.`,
    );
  }
  const model = decodeModel(await readFile(path));
  if (model.graph.sparseInitializer.length > 0) {
    throw new EngineError(
      'bad-encoder',
      `${path} holds sparse weights, which cannot be written with what is trained here; write it with dense ones.`,
    );
  }
  for (const tensor of tensorsOf(model.graph)) {
    if (tensor.dataLocation === 1) await takeIn(tensor, dirname(path));
  }
  return model;
}

async function takeIn(tensor: TensorMessage, folder: string): Promise<void> {
  const fields = new Map(tensor.externalData.map(({ key, value }) => [key, value]));
  await using file = await open(resolve(folder, fields.get('location') ?? ''));
  const offset = Number(fields.get('offset') ?? 0);
  const { size } = await file.stat();
  const bytes = new Uint8Array(Number(fields.get('length') ?? size - offset));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
  if (bytesRead < bytes.length) {
    throw new EngineError('bad-encoder', `The weights of ${tensor.name} are cut short.`);
  }
  tensor.rawData = bytes;
  tensor.dataLocation = 0;
  tensor.externalData = [];
}
