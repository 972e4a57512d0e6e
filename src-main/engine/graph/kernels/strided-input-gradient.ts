import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import type { ConvolutionGeometry } from './convolution-geometry.ts';
import { convolveBlocks, fillsBlocks, fromBlocks, toBlocks } from './blocked-convolution.ts';
import type { PlainFilter } from './blocked-convolution.ts';

/** The taps that reach the pixels of one phase, on one axis. */
interface Phases {
  /** How many pixels of dy, from `first` on, any phase needs. */
  readonly window: number;
  /** The first of them, from the pixel's own place. */
  readonly first: number;
  /** For every phase and pixel of the window, row-major, the tap; as many as there are taps where none does. */
  readonly taps: readonly number[];
}

/**
 * Gradient by the input of a convolution whose stride is above 1, as a blocked convolution of dy: the
 * pixels whose places leave the same rest by the stride (a phase) are an output channel each, and are put
 * side by side while channels are in blocks. ONNX Runtime's ConvTranspose uses one thread. From NCHW to
 * NCHW; null where channels do not fill blocks, or pixels do not fill phases.
 */
export function stridedInputGradient(
  graph: GraphRecorder,
  dy: string,
  filter: PlainFilter,
  geometry: ConvolutionGeometry,
): string | null {
  const { batchSize, inChannels, outChannels, inHeight, inWidth, padInfo } = geometry;
  const { strideHeight, strideWidth, filterHeight, filterWidth } = geometry;
  const block = graph.channelBlock;
  if (!fillsBlocks(graph, outChannels, inChannels) || outChannels < block) return null;
  if (filterHeight < strideHeight || filterWidth < strideWidth) return null;
  const [height, width] = [inHeight / strideHeight, inWidth / strideWidth];
  const down = phasesOf(strideHeight, filterHeight, padInfo.top);
  const across = phasesOf(strideWidth, filterWidth, padInfo.left);
  const pads = [
    -down.first,
    -across.first,
    height + down.first + down.window - 1 - geometry.outHeight,
    width + across.first + across.window - 1 - geometry.outWidth,
  ];
  const fits = [height, width, ...pads].every((size) => Number.isInteger(size) && size >= 0);
  if (!fits) return null;
  const weights = phaseWeights(graph, filter, geometry, down, across);
  const phases = convolveBlocks(graph, toBlocks(graph, dy), weights, {
    kernel_shape: { ints: [down.window, across.window] },
    pads: { ints: pads },
  });
  const blocks = batchSize * (inChannels / block);
  const apart = graph.reshape(
    phases,
    [],
    [blocks, strideHeight, strideWidth, height, width, block],
  );
  const together = graph.emit('Transpose', [apart], { perm: { ints: [0, 3, 1, 4, 2, 5] } });
  const inBlocks = graph.reshape(together, [], [batchSize, inChannels, inHeight, inWidth]);
  return fromBlocks(graph, inBlocks, inChannels);
}

/** Pixel stride · place + phase is reached by tap r from dy's pixel (stride · place + phase + pad - r) / stride. */
function phasesOf(stride: number, side: number, pad: number): Phases {
  const offsets = Array.from({ length: side }, (_, tap) =>
    Array.from({ length: stride }, (_, phase) => (phase + pad - tap) / stride).filter(
      Number.isInteger,
    ),
  ).flat();
  const first = Math.min(...offsets);
  const window = Math.max(...offsets) - first + 1;
  const taps = Array.from({ length: stride * window }, (_, at) => {
    const [phase, offset] = [Math.floor(at / window), first + (at % window)];
    const tap = phase + pad - stride * offset;
    return tap >= 0 && tap < side ? tap : side;
  });
  return { window, first, taps };
}

/** The filter's taps by phase, in the order of the blocked operators' weights. */
function phaseWeights(
  graph: GraphRecorder,
  filter: PlainFilter,
  geometry: ConvolutionGeometry,
  down: Phases,
  across: Phases,
): string {
  const { strideHeight, strideWidth, inChannels, outChannels } = geometry;
  const block = graph.channelBlock;
  const padded = graph.emit('Pad', [filter.name, graph.ints([0, 0, 0, 0, 1, 1, 0, 0])]);
  const rows = graph.emit('Gather', [padded, graph.ints(down.taps)], { axis: { int: 0 } });
  const taps = graph.emit('Gather', [rows, graph.ints(across.taps)], { axis: { int: 1 } });
  const split = graph.reshape(
    taps,
    [],
    [
      ...[strideHeight, down.window, strideWidth, across.window],
      ...[inChannels / block, block, outChannels / block, block],
    ],
  );
  const moved = graph.emit('Transpose', [split], { perm: { ints: [4, 0, 2, 6, 1, 3, 7, 5] } });
  const outputs = inChannels * strideHeight * strideWidth;
  return graph.reshape(moved, [], [outputs, outChannels, down.window, across.window]);
}
