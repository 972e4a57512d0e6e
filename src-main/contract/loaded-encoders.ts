import { z } from 'zod';
import { uint8Array } from './arrays.ts';
import { preprocessing, preprocessingChanges } from './preprocessing.ts';

export const encoderKind = z.enum(['onnx', 'tfjs-graph', 'tfjs-layers']);
export type EncoderKind = z.infer<typeof encoderKind>;

/** What each kind is called on screen. */
export const encoderKinds: Readonly<Record<EncoderKind, string>> = {
  onnx: 'ONNX',
  'tfjs-graph': 'TensorFlow.js graph model',
  'tfjs-layers': 'TensorFlow.js layers model',
};

/** A side of a tensor: its length, or the name it is left open under. */
const dimension = z.union([z.number().int(), z.string()]);
export type Dimension = z.infer<typeof dimension>;

/**
 * How an output becomes one vector a picture: as it is, its [CLS] token, the mean of its tokens, of
 * those of patches only, or of the places of a picture; `auto` is settled once the model has run.
 */
export const pooling = z.enum(['vector', 'cls', 'mean', 'patches', 'places', 'auto']);
export type Pooling = z.infer<typeof pooling>;

/** In words. */
export const poolings: Readonly<Record<Pooling, string>> = {
  vector: 'as it is',
  cls: 'the [CLS] token',
  mean: 'the mean of all tokens',
  patches: 'the mean of the patches’ tokens',
  places: 'the mean over the picture',
  auto: 'as its shape turns out',
};

export const encoderOutputChoice = z.object({ name: z.string(), pooling });
export type EncoderOutputChoice = z.infer<typeof encoderOutputChoice>;

export const encoderOutput = z.object({
  name: z.string(),
  type: z.string(),
  /** Null where the file does not say. */
  shape: z.array(dimension).nullable(),
  /** The ways to make one vector of it, the best first; none where it is no use. */
  poolings: z.array(pooling),
});
export type EncoderOutput = z.infer<typeof encoderOutput>;

export const encoderInput = z.object({
  name: z.string(),
  type: z.enum(['float32', 'float16', 'uint8']),
  shape: z.array(dimension),
  layout: z.enum(['NCHW', 'NHWC']),
  /** Null where any number of pictures can be embedded at once. */
  batch: z.number().int().nullable(),
  /** Sides in pixels that the file fixes; null where it leaves them open. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
});
export type EncoderInput = z.infer<typeof encoderInput>;

/** What was found in a file or folder, what was chosen of it, and why. */
export const encoderDescription = z.object({
  path: z.string(),
  kind: encoderKind,
  /** As the folder's config.json names it; empty where nothing does. */
  family: z.string(),
  /** Everything that the encoder is read from, absolute, the model first. */
  files: z.array(z.object({ path: z.string(), sizeBytes: z.number() })),
  input: encoderInput,
  outputs: z.array(encoderOutput),
  output: encoderOutputChoice,
  outputReason: z.string(),
  preprocessing,
  /** Where the preprocessing is from. */
  preprocessingReason: z.string(),
  /** What else is worth knowing. */
  notes: z.array(z.string()),
});
export type EncoderDescription = z.infer<typeof encoderDescription>;

/** What loading an encoder and running it on some pictures showed. */
export const encoderSelfTest = z.object({
  device: z.string(),
  deviceReason: z.string(),
  dimensions: z.number().int(),
  /** Pictures embedded at once. */
  batch: z.number().int(),
  picturesPerSecond: z.number(),
  /** What was looked at, and how it turned out. */
  checks: z.array(z.object({ name: z.string(), passed: z.boolean(), sentence: z.string() })),
});
export type EncoderSelfTest = z.infer<typeof encoderSelfTest>;

const wanted = {
  /** Of the engine's machine: an ONNX file, a model.json, or a folder with one. */
  path: z.string().min(1, 'Name the file or folder of the encoder.'),
  output: encoderOutputChoice.optional(),
  preprocessing: preprocessingChanges.optional(),
};
export const inspectEncoderInput = z.object(wanted);
export const addEncoderInput = z.object({
  ...wanted,
  name: z.string().min(1).max(120).optional(),
  device: z.string().default('auto'),
});
export type AddEncoderInput = z.infer<typeof addEncoderInput>;

/** An encoder that the library knows, by the hash of its weights, output and preprocessing. */
export const knownEncoder = z.object({
  encoder: z.number().int(),
  name: z.string(),
  identity: z.string(),
  description: encoderDescription,
  selfTest: encoderSelfTest,
  added: z.string(),
  /** False where its files are gone. */
  present: z.boolean(),
});
export type KnownEncoder = z.infer<typeof knownEncoder>;

export const addEncoderResult = knownEncoder.extend({
  /** The same weights and preprocessing were known already. */
  known: z.boolean(),
});

/** `anchor`: a picture by path or hash, the library's first if left out. */
export const encoderPreviewInput = z.object({ preprocessing, anchor: z.string().optional() });

/** A picture as the encoder gets it, width x height x 3 RGB bytes, and the part of it that this is. */
export const encoderPreview = z.object({
  hash: z.string(),
  path: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  rgb: uint8Array,
  /** In shares of the upright picture's width and height; outside 0 to 1 where it is padded. */
  crop: z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() }),
  /** Sides of the picture itself, in pixels. */
  pictureWidth: z.number().int(),
  pictureHeight: z.number().int(),
});
export type EncoderPreview = z.infer<typeof encoderPreview>;
