import type { GraphRecorder } from './graph-recorder.ts';
import { asPlanes } from './one-hot-taps.ts';
import { elementCount, padRank, plainValue, sameShape } from './traced-value.ts';
import type { TracedValue } from './traced-value.ts';

/** The axis order of a channels-first value: its axis p is tfjs's axis order[p]. */
export const channelsFirstOrder = [0, 3, 1, 2] as const;

/** Reorders items from tfjs's axes N, H, W, C to N, C, H, W. */
export function permuteToChannelsFirst<T>(items: readonly T[]): T[] {
  return channelsFirstOrder.map((axis) => items[axis] as T);
}

/** The dimensions in ONNX Runtime. */
function physicalShape(value: TracedValue): readonly number[] {
  return value.channelsFirst ? permuteToChannelsFirst(value.stored) : value.stored;
}

/** The same value with `rank` stored dimensions. */
export function withRank(graph: GraphRecorder, value: TracedValue, rank: number): TracedValue {
  if (value.stored.length >= rank) return value;
  const stored = padRank(value.stored, rank);
  const shape = value.shape.length < rank ? padRank(value.shape, rank) : value.shape;
  return { ...value, shape, stored, name: graph.reshape(value.name, value.stored, stored) };
}

/**
 * Whether moving the channels leaves the order of elements unchanged: there is one channel or one
 * pixel.
 */
function keepsElementOrder(stored: readonly number[]): boolean {
  const [, height = 1, width = 1, channels = 1] = stored;
  return channels === 1 || height * width === 1;
}

/** The value in tfjs's axis order. */
export function channelsLast(graph: GraphRecorder, value: TracedValue): TracedValue {
  if (!value.channelsFirst) return value;
  const name = keepsElementOrder(value.stored)
    ? graph.reshape(value.name, physicalShape(value), value.stored)
    : graph.emit('Transpose', [value.name], { perm: { ints: [0, 2, 3, 1] } });
  return { ...value, name, channelsFirst: false };
}

/** The value (of rank up to 4) in the order N, C, H, W. */
export function channelsFirst(graph: GraphRecorder, value: TracedValue): TracedValue {
  if (value.channelsFirst) return value;
  const ranked = withRank(graph, value, 4);
  const target = permuteToChannelsFirst(ranked.stored);
  const producer = graph.producer(ranked.name);
  const isOwnTranspose =
    producer?.operator === 'Transpose' &&
    JSON.stringify(producer.attributes['perm']) === '{"ints":[0,2,3,1]}';
  const name = keepsElementOrder(ranked.stored)
    ? graph.reshape(ranked.name, ranked.stored, target)
    : isOwnTranspose
      ? (producer.inputs[0] ?? '')
      : (planesOf(graph, ranked) ??
        graph.emit('Transpose', [ranked.name], { perm: { ints: channelsFirstOrder } }));
  return { ...ranked, name, channelsFirst: true };
}

function planesOf(graph: GraphRecorder, { name, stored, dtype }: TracedValue): string | null {
  const [pictures = 1, height = 1, width = 1, channels = 1] = stored;
  if (dtype !== 'float32') return null;
  const apart = asPlanes(graph, name, [pictures, height * width, channels]);
  return apart === null ? null : graph.reshape(apart, [], [pictures, channels, height, width]);
}

/** The value with every repeated copy made. */
export function expanded(graph: GraphRecorder, value: TracedValue): TracedValue {
  if (sameShape(value.stored, value.shape)) return value;
  const target = value.channelsFirst ? permuteToChannelsFirst(value.shape) : value.shape;
  const name =
    elementCount(value.stored) === elementCount(value.shape)
      ? graph.reshape(value.name, physicalShape(value), target)
      : graph.emit('Expand', [value.name, graph.ints(target)]);
  return { ...value, name, stored: value.shape };
}

/** The value exactly as tfjs sees it: channels last, every copy made. */
export function plain(graph: GraphRecorder, value: TracedValue): TracedValue {
  return expanded(graph, channelsLast(graph, value));
}

/** A 4-D value in the order N, C, H, W with every copy made. */
export function plainChannelsFirst(graph: GraphRecorder, value: TracedValue): TracedValue {
  return expanded(graph, channelsFirst(graph, value));
}

/** A new value in the order N, C, H, W whose shape in tfjs is `shape` (N, H, W, C). */
export function channelsFirstValue(name: string, shape: readonly number[]): TracedValue {
  return { ...plainValue(name, shape, 'float32'), channelsFirst: true };
}
