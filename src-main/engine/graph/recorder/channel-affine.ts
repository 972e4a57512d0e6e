import type { GraphRecorder } from './graph-recorder.ts';
import type { ChannelAffine, TracedValue } from './traced-value.ts';

/** Fewer pixels take longer so than by Mul and Add. */
const fewestPixels = 256;

/** Notes that the product of these channels-first operands scales every channel of one of them. */
export function noteProduct(
  graph: GraphRecorder,
  name: string,
  [a, b]: readonly TracedValue[],
): void {
  if (!a || !b || graph.channelBlock === 0) return;
  const scaled = isPerChannel(b, a)
    ? { x: a, scale: b }
    : isPerChannel(a, b)
      ? { x: b, scale: a }
      : null;
  if (!scaled || graph.isConstant(scaled.scale.name)) return;
  const { x, scale } = scaled;
  graph.affines.set(name, { x, scale: scale.name, shift: null, added: null });
}

/**
 * The sum of two channels-first operands in one pass, where one of them is a product that `noteProduct` has
 * noted: a convolution of 1 x 1 with a group for every channel, of which ONNX Runtime makes one operation
 * together with the Relu that follows. Null where it is no such sum.
 */
export function affineSum(graph: GraphRecorder, [a, b]: readonly TracedValue[]): string | null {
  if (!a || !b || graph.channelBlock === 0) return null;
  return sumOf(graph, b, a) ?? sumOf(graph, a, b);
}

function sumOf(graph: GraphRecorder, product: TracedValue, other: TracedValue): string | null {
  const known = graph.affines.get(product.name);
  if (!known) return null;
  if (known.shift === null && isPerChannel(other, known.x)) {
    return emitAffine(graph, { ...known, shift: other.name });
  }
  if (known.added === null && isWhole(other) && sameStored(other, known.x)) {
    return emitAffine(graph, { ...known, added: other.name });
  }
  return null;
}

function emitAffine(graph: GraphRecorder, affine: ChannelAffine): string {
  const { x, scale, shift, added } = affine;
  const channels = x.stored.at(-1) ?? 1;
  const weights = graph.emit('Reshape', [scale, graph.ints([channels, 1, 1, 1])]);
  const bias = shift === null ? '' : graph.emit('Reshape', [shift, graph.ints([channels])]);
  const attributes = { group: { int: channels }, kernel_shape: { ints: [1, 1] } };
  const name =
    added === null
      ? graph.emit('Conv', [x.name, weights, bias], attributes)
      : graph.emit('FusedConv', [x.name, weights, bias, added], attributes, 'com.microsoft');
  graph.affines.set(name, affine);
  return name;
}

function isWhole({ stored, shape, dtype }: TracedValue): boolean {
  const [, height = 1, width = 1] = stored;
  const isMade = stored.length === 4 && stored.every((dim, axis) => dim === shape[axis]);
  return isMade && dtype === 'float32' && height * width >= fewestPixels;
}

function isPerChannel(value: TracedValue, x: TracedValue): boolean {
  if (!isWhole(x) || value.stored.length !== 4) return false;
  const [pictures, height, width, channels] = value.stored;
  return pictures === 1 && height === 1 && width === 1 && channels === x.stored[3];
}

function sameStored(a: TracedValue, b: TracedValue): boolean {
  return a.stored.every((dim, axis) => dim === b.stored[axis]);
}
