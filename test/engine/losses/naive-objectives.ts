/** The parameters as the golden files name them. */
export interface NaiveParameters {
  readonly temperature: number;
  readonly tau_plus?: number;
  readonly beta?: number;
  readonly thres_outer?: number;
  readonly thres_inner?: number;
  readonly dynamic_inner?: boolean;
}

export interface NaiveResult {
  readonly loss: number;
  readonly perAnchor: number[];
  readonly clampRate: number;
  readonly grad: { readonly z1: number[][]; readonly z2: number[][] };
}

/** One anchor: its loss and the slopes of the loss by each similarity. */
interface AnchorTerm {
  readonly loss: number;
  readonly positiveSlope: number;
  readonly negativeSlopes: readonly number[];
  readonly clamped: boolean;
}

type AnchorRule = (
  positive: number,
  negatives: readonly number[],
  parameters: NaiveParameters,
) => AnchorTerm;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function dot(left: readonly number[], right: readonly number[]): number {
  return sum(left.map((value, index) => value * right[index]!));
}

function softmaxLoss(
  positive: number,
  negatives: readonly number[],
  isKept: readonly boolean[],
  t: number,
): AnchorTerm {
  const exps = negatives.map((s, index) => (isKept[index]! ? Math.exp(s / t) : 0));
  const total = Math.exp(positive / t) + sum(exps);
  return {
    loss: -Math.log(Math.exp(positive / t) / total),
    positiveSlope: -(1 - Math.exp(positive / t) / total) / t,
    negativeSlopes: exps.map((e) => e / total / t),
    clamped: false,
  };
}

function reweighted(
  positive: number,
  negatives: readonly number[],
  { temperature: t, tau_plus: tau = 0, beta = 0 }: NaiveParameters,
): AnchorTerm {
  const count = negatives.length;
  const P = Math.exp(positive / t);
  const a = negatives.map((s) => Math.exp(s / t));
  const importance = a.map((value) => value ** beta);
  const R = sum(a.map((value, j) => value * importance[j]!)) / (sum(importance) / count);
  const raw = (-tau * count * P + R) / (1 - tau);
  const floor = count * Math.exp(-1 / t);
  const clamped = raw < floor;
  const G = Math.max(raw, floor);
  const massTotal = sum(a.map((value, j) => value * importance[j]!));
  const kappa = clamped ? 0 : R / ((1 - tau) * (P + G));
  const correction = clamped ? 0 : (tau * count) / (1 - tau);
  return {
    loss: -Math.log(P / (P + G)),
    positiveSlope: -(1 / t) * (1 - (P / (P + G)) * (1 - correction)),
    negativeSlopes: a.map((value, j) => {
      const rho = (value * importance[j]!) / massTotal;
      const q = importance[j]! / sum(importance);
      return (kappa * ((beta + 1) * rho - beta * q)) / t;
    }),
    clamped,
  };
}

function ringLoss(
  positive: number,
  negatives: readonly number[],
  parameters: NaiveParameters,
): AnchorTerm {
  const { thres_outer: outer = 1, thres_inner: inner = 0, dynamic_inner: dynamic } = parameters;
  const outerRank = Math.trunc(outer * negatives.length);
  const innerRank = Math.trunc(inner * (dynamic === false ? negatives.length : outerRank));
  const ranks = negatives.map(
    (s, j) => negatives.filter((other, k) => other > s || (other === s && k < j)).length,
  );
  const isKept = ranks.map((rank) => rank >= innerRank && rank < outerRank);
  return softmaxLoss(positive, negatives, isKept, parameters.temperature);
}

const rules: Readonly<Record<string, AnchorRule>> = {
  simclr: (positive, negatives, { temperature }) =>
    softmaxLoss(
      positive,
      negatives,
      negatives.map(() => true),
      temperature,
    ),
  debiased: (positive, negatives, parameters) =>
    reweighted(positive, negatives, { ...parameters, beta: 0 }),
  hard: reweighted,
  ring: ringLoss,
};

/**
 * Loss and gradient by loops over anchors and negatives in float64, in the official code's form
 * (exponentials first): the oracle of the vectorised objectives. Overflows where they must not.
 */
export function naiveObjective(
  preset: string,
  z1: readonly (readonly number[])[],
  z2: readonly (readonly number[])[],
  parameters: NaiveParameters,
): NaiveResult {
  const rows = [...z1, ...z2];
  const batch = z1.length;
  const gradient = rows.map((row) => row.map(() => 0));
  const accumulate = (target: number, source: number, slope: number): void => {
    rows[source]!.forEach((value, index) => {
      gradient[target]![index]! += (slope * value) / rows.length;
    });
  };
  const terms = rows.map((anchor, i) => {
    const partner = (i + batch) % rows.length;
    const negatives = [...rows.keys()].filter((j) => j !== i && j !== partner);
    const similarities = negatives.map((j) => dot(anchor, rows[j]!));
    const term = rules[preset]!(dot(anchor, rows[partner]!), similarities, parameters);
    const slopes = [term.positiveSlope, ...term.negativeSlopes];
    [partner, ...negatives].forEach((j, index) => {
      accumulate(i, j, slopes[index]!);
      accumulate(j, i, slopes[index]!);
    });
    return term;
  });
  return {
    loss: sum(terms.map(({ loss }) => loss)) / rows.length,
    perAnchor: terms.map(({ loss }) => loss),
    clampRate: terms.filter(({ clamped }) => clamped).length / rows.length,
    grad: { z1: gradient.slice(0, batch), z2: gradient.slice(batch) },
  };
}
