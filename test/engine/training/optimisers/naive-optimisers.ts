/** One weight tensor of a naive training in doubles. */
export interface NaiveTensor {
  readonly values: number[];
  readonly isNormOrBias: boolean;
}

export interface NaiveSettings {
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
  readonly leavesOutNormAndBias: boolean;
}

type Move = (tensors: NaiveTensor[], gradients: number[][], step: number) => void;

function decayed(tensor: NaiveTensor, gradient: number[], settings: NaiveSettings): number[] {
  const isLeftOut = settings.leavesOutNormAndBias && tensor.isNormOrBias;
  const rate = isLeftOut ? 0 : settings.weightDecay;
  return gradient.map((value, index) => value + rate * tensor.values[index]!);
}

/** torch.optim.Adam as its documentation states it. */
export function naiveAdam(tensors: NaiveTensor[], settings: NaiveSettings): Move {
  const first = tensors.map(({ values }) => values.map(() => 0));
  const second = tensors.map(({ values }) => values.map(() => 0));
  return (all, gradients, step) => {
    for (const [t, tensor] of all.entries()) {
      for (const [index, g] of decayed(tensor, gradients[t]!, settings).entries()) {
        const m = (first[t]![index] = 0.9 * first[t]![index]! + 0.1 * g);
        const v = (second[t]![index] = 0.999 * second[t]![index]! + 0.001 * g * g);
        const unbiased = Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8;
        tensor.values[index]! -= (settings.learningRate * (m / (1 - 0.9 ** step))) / unbiased;
      }
    }
  };
}

/** torch.optim.SGD as its documentation states it: the first buffer is the gradient itself. */
export function naiveSgd(tensors: NaiveTensor[], settings: NaiveSettings): Move {
  const buffers: (number[] | undefined)[] = tensors.map(() => undefined);
  const { momentum, nesterov, learningRate } = settings;
  return (all, gradients) => {
    for (const [t, tensor] of all.entries()) {
      const g = decayed(tensor, gradients[t]!, settings);
      const buffer = (buffers[t] = buffers[t]?.map((b, index) => momentum * b + g[index]!) ?? [
        ...g,
      ]);
      for (const index of g.keys()) {
        const direction = nesterov ? g[index]! + momentum * buffer[index]! : buffer[index]!;
        tensor.values[index]! -= learningRate * direction;
      }
    }
  };
}

/** LARS with classic momentum, tensor by tensor, in the words of google-research/simclr. */
export function naiveLars(tensors: NaiveTensor[], settings: NaiveSettings): Move {
  const buffers = tensors.map(({ values }) => values.map(() => 0));
  const { momentum, nesterov, learningRate } = settings;
  const length = (vector: number[]) => Math.hypot(...vector);
  return (all, gradients) => {
    for (const [t, tensor] of all.entries()) {
      const g = decayed(tensor, gradients[t]!, settings);
      const isAdapted = !tensor.isNormOrBias && length(tensor.values) > 0 && length(g) > 0;
      const trust = isAdapted ? (0.001 * length(tensor.values)) / length(g) : 1;
      for (const index of g.keys()) {
        const scaled = learningRate * trust * g[index]!;
        const next = (buffers[t]![index] = momentum * buffers[t]![index]! + scaled);
        tensor.values[index]! -= nesterov ? momentum * next + scaled : next;
      }
    }
  };
}
