/** The curve 1 / (1 + a d^(2b)) of UMAP's layout; d is a distance on the map, in map units. */
interface CurveParameters {
  readonly a: number;
  readonly b: number;
}

/** The curve is fitted at so many distances, from 0 to so many spreads. */
const fittedPoints = 300;
const fittedSpreads = 3;
const mostSteps = 1000;
/** The fit ends when a step changes no parameter by more than this part of it. */
const tolerance = 1e-12;

/**
 * The a and b of the curve that fits best, in least squares, 1 below `minDistance` and
 * exp(-(d - minDistance) / spread) above it (McInnes et al. 2018, section 4.3; umap-learn's
 * find_ab_params), by the Levenberg-Marquardt method.
 */
export function curveParameters(spread: number, minDistance: number): CurveParameters {
  const distances = Float64Array.from(
    { length: fittedPoints },
    (_, index) => (fittedSpreads * spread * index) / (fittedPoints - 1),
  );
  const wanted = distances.map((distance) =>
    distance < minDistance ? 1 : Math.exp(-(distance - minDistance) / spread),
  );
  let parameters: CurveParameters = { a: 1, b: 1 };
  let damping = 1e-3;
  for (let step = 0; step < mostSteps; step++) {
    const { error, next } = dampedStep(parameters, damping, distances, wanted);
    const isBetter = next.a > 0 && next.b > 0 && squaredError(next, distances, wanted) <= error;
    if (isBetter) {
      const change = Math.max(
        Math.abs(next.a / parameters.a - 1),
        Math.abs(next.b / parameters.b - 1),
      );
      parameters = next;
      if (change < tolerance) break;
    }
    damping *= isBetter ? 0.1 : 10;
  }
  return parameters;
}

function curve({ a, b }: CurveParameters, distance: number): number {
  return 1 / (1 + a * distance ** (2 * b));
}

function squaredError(
  parameters: CurveParameters,
  distances: Float64Array,
  wanted: Float64Array,
): number {
  let total = 0;
  for (const [index, distance] of distances.entries()) {
    total += (curve(parameters, distance) - (wanted[index] ?? 0)) ** 2;
  }
  return total;
}

/** One Gauss-Newton step, with the diagonal of its 2 × 2 equations enlarged by `damping`. */
function dampedStep(
  parameters: CurveParameters,
  damping: number,
  distances: Float64Array,
  wanted: Float64Array,
): { readonly error: number; readonly next: CurveParameters } {
  const { a, b } = parameters;
  const sums = { error: 0, aa: 0, ab: 0, bb: 0, a: 0, b: 0 };
  for (const [index, distance] of distances.entries()) {
    const value = curve(parameters, distance);
    const residual = (wanted[index] ?? 0) - value;
    const power = distance ** (2 * b);
    const byA = -power * value * value;
    const byB = distance > 0 ? 2 * a * Math.log(distance) * byA : 0;
    sums.error += residual * residual;
    sums.aa += byA * byA;
    sums.ab += byA * byB;
    sums.bb += byB * byB;
    sums.a += byA * residual;
    sums.b += byB * residual;
  }
  const [aa, bb] = [sums.aa * (1 + damping), sums.bb * (1 + damping)];
  const determinant = aa * bb - sums.ab * sums.ab;
  const next = {
    a: a + (bb * sums.a - sums.ab * sums.b) / determinant,
    b: b + (aa * sums.b - sums.ab * sums.a) / determinant,
  };
  return { error: sums.error, next };
}
