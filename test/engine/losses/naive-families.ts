import type { GoldenCase, Matrix } from '../../golden/golden-cases.ts';
import { dot, parameter } from '../../golden/golden-cases.ts';

/** Loss of each anchor by loops in float64, exponentials first: the oracle of one family. */
export type NaiveFamily = (golden: GoldenCase, inputs: GoldenCase['inputs']) => number;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function unit(row: readonly number[]): number[] {
  const length = Math.hypot(...row);
  return row.map((value) => value / length);
}

function softmaxLoss(positive: number, negatives: readonly number[], t: number): number {
  const numerator = Math.exp(positive / t);
  return -Math.log(numerator / (numerator + sum(negatives.map((s) => Math.exp(s / t)))));
}

function descending(similarity: readonly number[]): number[] {
  return [...similarity.keys()].sort((a, b) => similarity[b]! - similarity[a]! || a - b);
}

/** The official ring: log of the denominator over the numerator, `ringAt` picks what was drawn. */
function ringAnchor(
  golden: GoldenCase,
  positive: number,
  similarity: readonly number[],
  ringAt: (ring: readonly number[]) => readonly number[],
): number {
  const { params } = golden;
  const t = parameter(golden, 'temperature');
  const outer = Math.trunc(parameter(golden, 'thres_outer') * similarity.length);
  const base = params['dynamic_inner'] === false ? similarity.length : outer;
  const inner = Math.trunc(parameter(golden, 'thres_inner') * base);
  const sorted = descending(similarity).map((column) => similarity[column]!);
  const ring = ringAt(sorted.slice(inner, outer));
  const exp = (values: readonly number[]) => values.map((s) => Math.exp(s / t));
  const views = [positive, ...(params['neighbor_views'] === true ? sorted.slice(0, inner) : [])];
  const numerator =
    params['logsumexp_inner'] === false ? mean(views) / t : Math.log(sum(exp(views)));
  const own = params['self_negative'] === false ? [] : [positive];
  return Math.log(sum(exp([...own, ...ring]))) - numerator;
}

const twoViewRing: NaiveFamily = (golden, inputs) => {
  const rows = [...(inputs['z1'] as Matrix), ...(inputs['z2'] as Matrix)];
  const pictures = rows.length / 2;
  return mean(
    rows.map((anchor, index) => {
      const similarity = rows
        .filter((_, other) => other % pictures !== index % pictures)
        .map((row) => dot(anchor, row));
      const partner = rows[(index + pictures) % rows.length]!;
      return ringAnchor(golden, dot(anchor, partner), similarity, (ring) => ring);
    }),
  );
};

const queued =
  (
    lossOf: (
      golden: GoldenCase,
      positive: number,
      similarity: readonly number[],
      at: number,
    ) => number,
  ): NaiveFamily =>
  (golden, inputs) => {
    const [k, queue] = [inputs['k'] as Matrix, inputs['queue'] as Matrix];
    return mean(
      (inputs['q'] as Matrix).map((anchor, index) =>
        lossOf(
          golden,
          dot(anchor, k[index]!),
          queue.map((row) => dot(anchor, row)),
          index,
        ),
      ),
    );
  };

const irRing: NaiveFamily = (golden, inputs) => {
  const bank = golden.inputs['bank'] as Matrix;
  const own = golden.inputs['indices'] as number[];
  const positions = golden.inputs['ring_sample_positions'] as Matrix;
  return mean(
    (inputs['x'] as Matrix).map((anchor, index) => {
      const similarity = bank.map((row) => dot(anchor, row));
      return ringAnchor(golden, similarity[own[index]!]!, similarity, (ring) =>
        positions[index]!.map((position) => ring[position]!),
      );
    }),
  );
};

/** Binary NCE of one view of the batch against one bank; `given` is Z, that of the batch below 0. */
function naiveNce(
  golden: GoldenCase,
  inputs: GoldenCase['inputs'],
  view: string,
  memory: string,
  given: number,
): number {
  const bank = golden.inputs[memory] as Matrix;
  const drawn = golden.inputs['sample_indices'] as Matrix;
  const t = parameter(golden, 'temperature');
  const eps = Number(golden.params['eps'] ?? 1e-7);
  const scores = (x: Matrix) =>
    x.map((anchor, index) => drawn[index]!.map((row) => Math.exp(dot(anchor, bank[row]!) / t)));
  const ratio = (drawn[0]!.length - 1) / bank.length;
  // Z has no gradient: it is that of the file's inputs, whatever x is moved to.
  const z = given > 0 ? given : mean(scores(golden.inputs[view] as Matrix).flat()) * bank.length;
  return mean(
    scores(inputs[view] as Matrix).map(([own, ...noise]) => {
      const positive = Math.log(own! / z / (own! / z + ratio + eps));
      return -positive - sum(noise.map((e) => Math.log(ratio / (e / z + ratio + eps))));
    }),
  );
}

const irNce: NaiveFamily = (golden, inputs) =>
  naiveNce(golden, inputs, 'x', 'bank', parameter(golden, 'Z'));

const cmcNce: NaiveFamily = (golden, inputs) =>
  naiveNce(golden, inputs, 'l', 'memory_ab', parameter(golden, 'Z_l')) +
  naiveNce(golden, inputs, 'ab', 'memory_l', parameter(golden, 'Z_ab'));

const cmc: NaiveFamily = (golden, inputs) => {
  const t = parameter(golden, 'temperature');
  const drawn = golden.inputs['sample_indices'] as Matrix;
  const side = (view: string, memory: string) =>
    mean(
      (inputs[view] as Matrix).map((anchor, index) => {
        const bank = golden.inputs[memory] as Matrix;
        const [own, ...noise] = drawn[index]!.map((row) => dot(anchor, bank[row]!));
        return softmaxLoss(own!, noise, t);
      }),
    );
  return side('l', 'memory_ab') + side('ab', 'memory_l');
};

const mochi: NaiveFamily = (golden, inputs) => {
  const q0 = golden.inputs['q'] as Matrix;
  const queue = golden.inputs['queue'] as Matrix;
  const [alpha, beta] = [golden.inputs['alpha'] as Matrix, golden.inputs['beta'] as Matrix];
  const pairs = golden.inputs['pair_ranks'] as readonly Matrix[];
  const ranks = golden.inputs['query_mix_ranks'] as Matrix;
  const mix = (first: readonly number[], second: readonly number[], weight: number) =>
    unit(first.map((value, index) => weight * value + (1 - weight) * second[index]!));
  return mean(
    (inputs['q'] as Matrix).map((anchor, index) => {
      const hardest = descending(queue.map((row) => dot(q0[index]!, row))).map(
        (row) => queue[row]!,
      );
      const h = pairs[index]!.map(([i, j], n) =>
        mix(hardest[i!]!, hardest[j!]!, alpha[index]![n]!),
      );
      const prime = ranks[index]!.map((rank, n) =>
        mix(q0[index]!, hardest[rank]!, beta[index]![n]!),
      );
      const negatives = [...queue, ...h, ...prime].map((row) => dot(anchor, row));
      const positive = dot(anchor, (golden.inputs['k'] as Matrix)[index]!);
      return softmaxLoss(positive, negatives, parameter(golden, 'temperature'));
    }),
  );
};

const fnc: NaiveFamily = (golden, inputs) => {
  const t = parameter(golden, 'temperature');
  const detected = falseNegativesOf(golden);
  const views = inputs['views'] as readonly Matrix[];
  const pictures = views[0]!.length;
  const rows = views.flat();
  const isElimination = golden.objective === 'fnc_elimination';
  const losses = rows.map((anchor, index) => {
    const picture = index % pictures;
    const others = [...rows.keys()].filter((row) => row !== index);
    const found = detected[picture]!;
    const positives = others.filter((row) => row % pictures === picture);
    const kept = isElimination ? others.filter((row) => !found.includes(row)) : others;
    const attracted = isElimination ? positives : [...positives, ...found];
    const logits = (columns: readonly number[]) =>
      columns.map((row) => dot(anchor, rows[row]!) / t);
    return Math.log(sum(logits(kept).map(Math.exp))) - mean(logits(attracted));
  });
  return 2 * mean(losses);
};

/** By the file's own views: the detection has no gradient. */
export function falseNegativesOf(golden: GoldenCase): number[][] {
  const views = golden.inputs['views'] as readonly Matrix[];
  const pictures = views[0]!.length;
  const rows = views.flat();
  return views[0]!.map((_, picture) => {
    const scores = rows.map((row, column) =>
      column % pictures === picture
        ? -Infinity
        : Math.max(...views.map((view) => dot(view[picture]!, row))),
    );
    return descending(scores)
      .slice(0, parameter(golden, 'fn_topk'))
      .filter((column) => scores[column]! > parameter(golden, 'fn_threshold'));
  });
}

const negcut: NaiveFamily = (golden, inputs) => {
  const queries = inputs['feat_q'] as Matrix;
  const images = parameter(golden, 'batch_size');
  const generated = inputs['neg_sample'] as Matrix;
  const [perImage, negatives] = [queries.length / images, generated.length / images];
  return mean(
    queries.map((anchor, index) => {
      const image = Math.floor(index / perImage);
      const rows = generated.slice(image * negatives, (image + 1) * negatives);
      const key = (golden.inputs['feat_k'] as Matrix)[index]!;
      const similarity = rows.map((row) => dot(anchor, row));
      return softmaxLoss(dot(anchor, key), similarity, parameter(golden, 'nce_T'));
    }),
  );
};

/** Each row's other view, and all rows of pictures that share a label with it, against all rows. */
const supcon: NaiveFamily = (golden, inputs) => {
  const rows = [...(inputs['z1'] as Matrix), ...(inputs['z2'] as Matrix)];
  const labels = inputs['labels'] as readonly (number | readonly number[])[];
  const pictures = rows.length / 2;
  const labelsOf = (row: number) => [labels[row % pictures]!].flat().filter((one) => one >= 0);
  const t = parameter(golden, 'temperature');
  return mean(
    rows.map((anchor, index) => {
      const others = [...rows.keys()].filter((row) => row !== index);
      const isPositive = (row: number): boolean =>
        row % pictures === index % pictures ||
        labelsOf(row).some((one) => labelsOf(index).includes(one));
      const mass = sum(others.map((row) => Math.exp(dot(anchor, rows[row]!) / t)));
      return mean(
        others
          .filter(isPositive)
          .map((row) => -Math.log(Math.exp(dot(anchor, rows[row]!) / t) / mass)),
      );
    }),
  );
};

/** Each family's oracle, by the golden files' names. */
export const naiveFamilies: Readonly<Record<string, NaiveFamily>> = {
  ring_ntxent: twoViewRing,
  moco_infonce: queued((golden, positive, similarity) =>
    softmaxLoss(positive, similarity, parameter(golden, 'temperature')),
  ),
  moco_ring: queued((golden, positive, similarity) =>
    ringAnchor(golden, positive, similarity, (ring) => ring),
  ),
  ir_ring: irRing,
  ir_nce: irNce,
  cmc_softmax: cmc,
  cmc_nce: cmcNce,
  mochi,
  supcon,
  fnc_attraction: fnc,
  fnc_elimination: fnc,
  negcut_patchnce: negcut,
};
