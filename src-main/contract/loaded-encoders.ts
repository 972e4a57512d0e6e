import { z } from 'zod';
import { uint8Array } from './arrays.ts';
import { decoding } from './decoding.ts';
import { preprocessing, preprocessingChanges } from './preprocessing.ts';

/** The formats of loaded encoders. */
const encoderKind = z.enum(['onnx', 'tfjs-graph', 'tfjs-layers']);
type EncoderKind = z.infer<typeof encoderKind>;

/** The name of each kind on screen. */
export const encoderKinds: Readonly<Record<EncoderKind, string>> = {
  onnx: 'ONNX',
  'tfjs-graph': 'TensorFlow.js graph model',
  'tfjs-layers': 'TensorFlow.js layers model',
};

/** A dimension of a tensor: its length, or its name where the file leaves it open. */
const dimension = z.union([z.number().int(), z.string()]);
export type Dimension = z.infer<typeof dimension>;

/**
 * How an output becomes one vector per picture: unchanged, its [CLS] token, the mean of all its tokens,
 * of its patch tokens only, or over the positions in the picture; `auto` is decided once the model has
 * run.
 */
export const pooling = z.enum(['vector', 'cls', 'mean', 'patches', 'places', 'auto']);
export type Pooling = z.infer<typeof pooling>;

/** The ways of pooling in words. */
export const poolings: Readonly<Record<Pooling, string>> = {
  vector: 'as it is',
  cls: 'the [CLS] token',
  mean: 'the mean of all tokens',
  patches: 'the mean of the patches’ tokens',
  places: 'the mean over the picture',
  auto: 'as its shape turns out',
};

/**
 * The tokens of an output that stand before those of the patches: [CLS], then registers (or another
 * learnt token, as of a distilled DeiT).
 */
const tokensBefore = z.object({ cls: z.boolean(), registers: z.number().int().min(0) });
export type TokensBefore = z.infer<typeof tokensBefore>;

export const encoderOutputChoice = z.object({ name: z.string(), pooling });
export type EncoderOutputChoice = z.infer<typeof encoderOutputChoice>;

const encoderOutput = z.object({
  name: z.string(),
  type: z.string(),
  /** Null where the file does not state it. */
  shape: z.array(dimension).nullable(),
  /** The ways to make one vector of it, the best first; empty where it cannot be used. */
  poolings: z.array(pooling),
});
export type EncoderOutput = z.infer<typeof encoderOutput>;

const encoderInput = z.object({
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
  /** The family by the folder's config.json; empty where it is unknown. */
  family: z.string(),
  /** All files of the encoder by absolute path, the model first. */
  files: z.array(z.object({ path: z.string(), sizeBytes: z.number() })),
  input: encoderInput,
  outputs: z.array(encoderOutput),
  output: encoderOutputChoice,
  outputReason: z.string(),
  /** Absent where the output has no tokens, or where that is not known. */
  tokens: tokensBefore.optional(),
  preprocessing,
  /** The source of the preprocessing. */
  preprocessingReason: z.string(),
  /** The decoding of the library when it was added; absent where that was not recorded. */
  decoding: decoding.optional(),
  /** What no file says of the preprocessing, what is assumed instead and why; absent for old encoders. */
  assumptions: z.array(z.string()).optional(),
  /** Further remarks. */
  notes: z.array(z.string()),
});
export type EncoderDescription = z.infer<typeof encoderDescription>;

/** The results of loading an encoder and running it on some pictures. */
const encoderSelfTest = z.object({
  device: z.string(),
  deviceReason: z.string(),
  dimensions: z.number().int(),
  /** Number of pictures embedded at once. */
  batch: z.number().int(),
  picturesPerSecond: z.number(),
  /** The checks and their results. */
  checks: z.array(z.object({ name: z.string(), passed: z.boolean(), sentence: z.string() })),
});
export type EncoderSelfTest = z.infer<typeof encoderSelfTest>;

const wanted = {
  /** A path on the engine's machine: an ONNX file, a model.json, or a folder with one. */
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
/** An encoder of the library, identified by the hash of its weights, output and preprocessing. */
export const knownEncoder = z.object({
  encoder: z.number().int(),
  name: z.string(),
  identity: z.string(),
  description: encoderDescription,
  selfTest: encoderSelfTest,
  added: z.string(),
  /** False where its files are missing. */
  present: z.boolean(),
});
export type KnownEncoder = z.infer<typeof knownEncoder>;

export const addEncoderResult = knownEncoder.extend({
  /** Whether the same weights, output and preprocessing were in the library already. */
  known: z.boolean(),
});

/** `anchor` is a picture by path or hash; where left out, the library's first. */
export const encoderPreviewInput = z.object({ preprocessing, anchor: z.string().optional() });

/**
 * A picture as the encoder gets it, RGB bytes [height, width, 3], and the part of the picture that it
 * shows.
 */
export const encoderPreview = z.object({
  hash: z.string(),
  path: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  rgb: uint8Array,
  /** As shares of the upright picture's width and height; below 0 or above 1 where it is padded. */
  crop: z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() }),
  /** Width and height of the picture itself, in pixels. */
  pictureWidth: z.number().int(),
  pictureHeight: z.number().int(),
});
export type EncoderPreview = z.infer<typeof encoderPreview>;
