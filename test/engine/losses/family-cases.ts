import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { GoldenCase } from '../../golden/golden-cases.ts';

const generator = xoroshiro128plus(20);

function unitRows(count: number, dimensions: number): number[][] {
  return Array.from({ length: count }, () => {
    const row = Array.from({ length: dimensions }, () => 2 * uniformFloat64(generator) - 1);
    const length = Math.hypot(...row);
    return row.map((value) => value / length);
  });
}

function indices(rows: number, count: number, below: number): number[][] {
  return Array.from({ length: rows }, () =>
    Array.from({ length: count }, () => uniformInt(generator, 0, below - 1)),
  );
}

function weights(rows: number, count: number, high: number): number[][] {
  return Array.from({ length: rows }, () =>
    Array.from({ length: count }, () => high * uniformFloat64(generator)),
  );
}

function made(
  objective: string,
  params: GoldenCase['params'],
  inputs: GoldenCase['inputs'],
): GoldenCase {
  const name = `${objective} ${JSON.stringify(params)}`;
  return { name, objective, params, inputs, expected: { grad: {} } };
}

function queue(objective: string, rows: number, params: GoldenCase['params']): GoldenCase {
  const inputs = { q: unitRows(3, 5), k: unitRows(3, 5), queue: unitRows(rows, 5) };
  return made(objective, params, inputs);
}

/** The 4 most similar rows appear twice, so that a cut falls between equal similarities. */
function tied(golden: GoldenCase): GoldenCase {
  const rows = golden.inputs['queue'] as number[][];
  const half = rows.slice(0, rows.length / 2);
  return {
    ...golden,
    name: `${golden.name} with ties`,
    inputs: { ...golden.inputs, queue: [...half, ...half] },
  };
}

function views(rows: number, params: GoldenCase['params']): GoldenCase {
  return made('ring_ntxent', params, { z1: unitRows(rows, 5), z2: unitRows(rows, 5) });
}

function irRing(params: GoldenCase['params'], ringSize: number, draws: number): GoldenCase {
  return made('ir_ring', params, {
    x: unitRows(3, 5),
    indices: [7, 0, 22],
    bank: unitRows(23, 5),
    ring_sample_positions: indices(3, draws, ringSize),
  });
}

function drawn(objective: string, params: GoldenCase['params'], draws: number): GoldenCase {
  const own = [4, 11, 0];
  const sample_indices = indices(3, draws, 17).map((row, index) => [own[index]!, ...row]);
  const inputs =
    objective === 'ir_nce'
      ? { x: unitRows(3, 5), bank: unitRows(17, 5) }
      : {
          l: unitRows(3, 5),
          ab: unitRows(3, 5),
          memory_l: unitRows(17, 5),
          memory_ab: unitRows(17, 5),
        };
  return made(objective, params, { ...inputs, indices: own, sample_indices });
}

function mochi(s: number, sPrime: number, hardest: number, rows: number): GoldenCase {
  const golden = queue('mochi', rows, { temperature: 0.3, N: hardest, s, s_prime: sPrime });
  const inputs = {
    ...golden.inputs,
    pair_ranks: indices(3, 2 * s, hardest).map((row) =>
      Array.from({ length: s }, (_, index) => row.slice(2 * index, 2 * index + 2)),
    ),
    alpha: weights(3, s, 1),
    query_mix_ranks: indices(3, sPrime, hardest),
    beta: weights(3, sPrime, 0.5),
  };
  return { ...golden, inputs };
}

function fnc(objective: string, support: number, topK: number, threshold: number): GoldenCase {
  const params = {
    temperature: 0.2,
    support_size: support,
    fn_topk: topK,
    fn_threshold: threshold,
  };
  const all = Array.from({ length: support + 2 }, () => unitRows(5, 4));
  return made(objective, params, { views: all });
}

function negcut(images: number, patches: number, generated: number): GoldenCase {
  return made(
    'negcut_patchnce',
    { nce_T: 0.2, batch_size: images, patches, generated_negatives: generated },
    {
      feat_q: unitRows(images * patches, 5),
      feat_k: unitRows(images * patches, 5),
      neg_sample: unitRows(images * generated, 5),
    },
  );
}

const ring = { temperature: 0.2, thres_outer: 0.6, thres_inner: 0.3 };

function supcon(temperature: number, labels: number[]): GoldenCase {
  const [z1, z2] = [unitRows(labels.length, 4), unitRows(labels.length, 4)];
  return made('supcon', { temperature }, { z1, z2, labels });
}

/** Parameters and sizes that the golden files do not have. */
export const familyCases: readonly GoldenCase[] = [
  queue('moco_infonce', 7, { temperature: 0.5 }),
  queue('moco_ring', 13, ring),
  queue('moco_ring', 13, { ...ring, dynamic_inner: false }),
  queue('moco_ring', 13, { ...ring, self_negative: false }),
  queue('moco_ring', 13, { ...ring, neighbor_views: true }),
  queue('moco_ring', 13, { ...ring, neighbor_views: true, logsumexp_inner: false }),
  queue('moco_ring', 13, { ...ring, neighbor_views: true, self_negative: false }),
  queue('moco_ring', 100, { temperature: 0.1, thres_outer: 0.29, thres_inner: 0.5 }),
  queue('moco_ring', 11, { temperature: 0.2, thres_outer: 1, thres_inner: 0 }),
  tied(queue('moco_ring', 12, { temperature: 0.2, thres_outer: 0.42, thres_inner: 0.21 })),
  views(6, { ...ring, self_negative: false }),
  views(6, { ...ring, dynamic_inner: false, neighbor_views: true }),
  irRing({ ...ring, k: 9, memory_momentum: 0 }, 10, 8),
  irRing({ ...ring, k: 5, memory_momentum: 0.5, dynamic_inner: false }, 7, 4),
  irRing({ ...ring, k: 6, memory_momentum: 0.9, self_negative: false }, 10, 6),
  irRing({ ...ring, k: 6, memory_momentum: 0.5, neighbor_views: true }, 10, 5),
  drawn('ir_nce', { temperature: 0.1, Z: -1, memory_momentum: 0.5, eps: 1e-7, K: 5 }, 5),
  drawn('ir_nce', { temperature: 0.3, Z: 40, memory_momentum: 0.5, eps: 1e-3, K: 30 }, 30),
  drawn('cmc_softmax', { temperature: 0.3, Z_l: 2, Z_ab: -1, memory_momentum: 0.5, K: 40 }, 40),
  drawn('cmc_nce', { temperature: 0.3, Z_l: 30, Z_ab: -1, memory_momentum: 0.5, K: 7 }, 7),
  drawn(
    'cmc_nce',
    { temperature: 0.1, Z_l: -1, Z_ab: -1, memory_momentum: 0, eps: 1e-3, K: 40 },
    40,
  ),
  mochi(5, 2, 6, 9),
  mochi(0, 4, 9, 9),
  mochi(3, 0, 2, 9),
  fnc('fnc_attraction', 0, 3, 0.9),
  fnc('fnc_attraction', 2, 4, 0.3),
  fnc('fnc_attraction', 1, 40, -0.5),
  fnc('fnc_elimination', 1, 3, 0.2),
  fnc('fnc_elimination', 0, 1, 0.99),
  negcut(2, 3, 4),
  supcon(0.1, [0, 0, 1, 1, 1]),
  supcon(0.5, [-1, -1, 2, -1, 2]),
  supcon(0.2, [0, 0, 0, 0, 0]),
];
