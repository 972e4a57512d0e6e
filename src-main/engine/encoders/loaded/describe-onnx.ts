import { EngineError } from '../../../contract/errors/errors.ts';
import type {
  Dimension,
  EncoderDescription,
  EncoderInput,
  EncoderOutput,
} from '../../../contract/loaded-encoders.ts';
import { poolingsOf } from '../../networks/pool-output.ts';
import { checkInputSize } from './check-input-size.ts';
import { chooseOutput } from './choose-output.ts';
import type { EncoderFile } from './external-data.ts';
import type { EncoderHints } from './model-folder.ts';
import type { OnnxFile, OnnxValue } from './onnx-file.ts';
import { assumedPreprocessing } from './preprocessing/assumed-preprocessing.ts';
import { preprocessingOfExport } from './preprocessing/exported-preprocessing.ts';

const inputTypes = ['float32', 'float16', 'uint8'] as const;
const readableOutputs = ['float32', 'float16', 'float64'];

/**
 * The description of an ONNX file: its input, its outputs, the chosen output and the preprocessing.
 * @throws EngineError bad-encoder for a model that takes no pictures or gives no vector of a picture
 */
export function describeOnnx(
  model: OnnxFile,
  external: readonly EncoderFile[],
  hints: EncoderHints,
): EncoderDescription {
  const input = describeInput(model);
  refuseDetection(model, input);
  const outputs = model.outputs.map(describeOutput);
  return {
    path: model.path,
    kind: 'onnx',
    family: hints.family,
    files: [{ path: model.path, sizeBytes: model.sizeBytes }, ...external],
    input,
    outputs,
    ...chooseOutput(model.path, outputs, hints.family),
    ...assumedPreprocessing(input, hints.files, preprocessingOfExport(model.metadata)),
    notes: [...hints.notes, ...notesOn(model, input)],
  };
}

function describeInput(model: OnnxFile): EncoderInput {
  const { path, inputs } = model;
  const pictures = inputs.filter(({ shape }) => shape?.length === 4);
  const [picture, ...more] = pictures;
  if (inputs.length === 0) throw new EngineError('bad-encoder', `${path} takes no input.`);
  if (!picture) throw noPictures(path, inputs);
  const others = inputs.filter((input) => input !== picture).map(({ name }) => name);
  if (others.some(isTextInput)) {
    throw new EngineError(
      'bad-encoder',
      `${path} takes text as well as pictures (${others.join(', ')}); use the file of its vision tower only, usually vision_model.onnx.`,
    );
  }
  if (more.length > 0 || others.length > 0) {
    throw new EngineError(
      'bad-encoder',
      `${path} takes ${inputs.length} inputs (${inputs.map(({ name }) => name).join(', ')}); an encoder takes pictures and nothing else.`,
    );
  }
  return checkInputSize(path, pictureInput(path, picture, model));
}

const isTextInput = (name: string): boolean =>
  /input_ids|token|attention_mask|position_ids|text/i.test(name);

function noPictures(path: string, inputs: readonly OnnxValue[]): EngineError {
  const list = inputs.map((input) => `${input.name} ${shapeText(input)}`).join(', ');
  const kind = inputs.some(({ name }) => isTextInput(name)) ? 'It is a text model. ' : '';
  return new EngineError(
    'bad-encoder',
    `${path} takes no pictures: its inputs are ${list}. ${kind}An encoder here takes pictures x 3 x height x width, or pictures x height x width x 3.`,
  );
}

function pictureInput(path: string, picture: OnnxValue, model: OnnxFile): EncoderInput {
  const { name, shape } = picture;
  const [batch, second, third, fourth] = shape as [Dimension, Dimension, Dimension, Dimension];
  const type = inputTypes.find((known) => known === picture.type);
  if (!type) {
    throw new EngineError(
      'bad-encoder',
      `${path}: its input ${name} is ${picture.type}; float32, float16 and uint8 can be fed.`,
    );
  }
  const layout = layoutOf([second, third, fourth], model, name);
  const channels = layout === 'NCHW' ? second : fourth;
  if (typeof channels === 'number' && channels !== 3) {
    throw new EngineError(
      'bad-encoder',
      `${path}: its input ${name} ${shapeText(picture)} has ${channels} channels; pictures have 3.`,
    );
  }
  const [height, width] = layout === 'NCHW' ? [third, fourth] : [second, third];
  const fixed = (side: Dimension): number | null => (typeof side === 'number' ? side : null);
  return {
    name,
    type,
    shape: [batch, second, third, fourth],
    layout,
    batch: fixed(batch),
    width: fixed(width),
    height: fixed(height),
  };
}

/**
 * The layout, by the side that is 3 or is called channels; else by whether a Transpose reads the
 * input.
 */
function layoutOf(
  [second, third, fourth]: readonly [Dimension, Dimension, Dimension],
  model: OnnxFile,
  name: string,
): 'NCHW' | 'NHWC' {
  const isChannel = (side: Dimension): boolean => side === 3 || /^c$|channel/i.test(String(side));
  if (isChannel(second) !== isChannel(fourth)) return isChannel(second) ? 'NCHW' : 'NHWC';
  if (typeof fourth === 'number' && typeof third !== 'number') return 'NHWC';
  const turned = model.consumers
    .get(name)
    ?.some(({ operator, permutation }) => operator === 'Transpose' && permutation[1] === 3);
  return turned ? 'NHWC' : 'NCHW';
}

function refuseDetection({ path, outputs }: OnnxFile, input: EncoderInput): void {
  const boxes = outputs.filter(
    ({ name, shape }) =>
      /box|detection|^dets$/i.test(name) ||
      // Exported detectors give such names to sides of open length.
      shape?.some((side) => /anchors|boxes|detections/i.test(String(side))) ||
      (shape?.length === 3 && (shape[2] === 4 || isOfGrids(shape, input))),
  );
  if (boxes.length === 0) return;
  const names = boxes.map((output) => `${output.name} ${shapeText(output)}`).join(', ');
  throw new EngineError(
    'bad-encoder',
    `${path} is a detection model: it gives boxes (${names}), not a vector of the picture.`,
  );
}

/**
 * Whether a side is the number of cells, or three times that, of grids of 8, 16 and 32 pixels, as in
 * detectors of the YOLO family, whose output's name says nothing.
 */
function isOfGrids(shape: readonly Dimension[], { width, height }: EncoderInput): boolean {
  if (width === null || height === null || width * height < 128 * 128) return false;
  const cells = [8, 16, 32].reduce((sum, stride) => sum + (width * height) / stride ** 2, 0);
  return shape.slice(1).some((side) => side === cells || side === 3 * cells);
}

function describeOutput({ name, type, shape }: OnnxValue): EncoderOutput {
  const isReadable = readableOutputs.includes(type);
  return {
    name,
    type,
    shape: shape === null ? null : [...shape],
    poolings: isReadable ? poolingsOf(shape) : [],
  };
}

function notesOn({ path, opset, external }: OnnxFile, input: EncoderInput): string[] {
  const notes = [`ONNX opset ${opset}.`];
  if (external.size > 0) notes.push(`Its weights are in ${external.size} files beside it.`);
  if (input.batch !== null) {
    notes.push(`The file fixes a batch of ${input.batch} pictures; the last batch is filled up.`);
  }
  if (input.width === null) notes.push('The file does not fix the pictures’ size.');
  if (path.includes('quantized') || path.includes('int8')) {
    notes.push('Its weights are quantised, which costs some precision.');
  }
  return notes;
}

function shapeText({ shape }: OnnxValue): string {
  return `[${shape?.join(' x ') ?? 'unknown'}]`;
}
