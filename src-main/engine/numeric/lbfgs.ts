/** A value and its gradient at a point. */
export interface Slope {
  readonly value: number;
  readonly gradient: Float32Array;
}

/** Gives the estimated inverse of the curvature times a gradient. */
type Precondition = (gradient: Float32Array) => Promise<Float32Array>;

interface LbfgsOptions {
  /** The length of the first step, in preconditioned gradients. */
  readonly firstStep: number;
  readonly iterations: number;
  /** It stops when an iteration lowers the value by less than this share of it. */
  readonly tolerance: number;
  /** It stops when no entry of the gradient is larger than this. */
  readonly flat?: number;
  /** Without it, curvature is taken as the same in all directions before the first step. */
  readonly precondition?: Precondition;
}

/** How many earlier steps the curvature is estimated from. */
const memory = 8;
/** A step must lower the value by this share of what the slope promises. */
const sufficientDecrease = 1e-4;
const trialsAtMost = 20;
const growth = 2;

/** A step and the change of the gradient along it; `curvature` is their inner product. */
interface Step {
  readonly moved: Float32Array;
  readonly turned: Float32Array;
  readonly curvature: number;
}

/** Minimises a convex function from a starting point by L-BFGS (Nocedal 1980, Liu & Nocedal 1989). */
export async function minimise(
  start: Float32Array,
  slopeAt: (point: Float32Array) => Promise<Slope>,
  { firstStep, iterations, tolerance, flat = 0, precondition }: LbfgsOptions,
): Promise<Float32Array> {
  const conditioned: Precondition = precondition ?? ((gradient) => Promise.resolve(gradient));
  let point = start;
  let slope = await slopeAt(point);
  const steps: Step[] = [];
  let length = 1;
  let scale = firstStep;
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (largest(slope.gradient) <= flat) break;
    const direction = await downhill(slope.gradient, steps, scale, conditioned);
    const found = await lineSearch({ point, slope, direction }, slopeAt, length);
    if (found === null) break;
    // Where the whole step was too long once, it mostly is the next time.
    length = Math.min(1, growth * found.length);
    const moved = difference(found.point, point);
    const turned = difference(found.slope.gradient, slope.gradient);
    const curvature = inner(moved, turned);
    if (curvature > 0) {
      steps.push({ moved, turned, curvature });
      scale = curvature / inner(turned, await conditioned(turned));
    }
    if (steps.length > memory) steps.shift();
    const gain = slope.value - found.slope.value;
    ({ point, slope } = found);
    if (gain < tolerance * Math.abs(slope.value)) break;
  }
  return point;
}

/** The estimated inverse of the curvature times the gradient, downhill: the two-loop recursion. */
async function downhill(
  gradient: Float32Array,
  steps: readonly Step[],
  scale: number,
  precondition: Precondition,
): Promise<Float32Array> {
  const rest = gradient.slice();
  const shares: number[] = [];
  for (const { moved, turned, curvature } of steps.toReversed()) {
    const share = inner(moved, rest) / curvature;
    shares.push(share);
    add(rest, -share, turned);
  }
  const direction = (await precondition(rest)).map((value) => -scale * value);
  for (const { moved, turned, curvature } of steps) {
    const share = shares.pop() ?? 0;
    add(direction, -share - inner(turned, direction) / curvature, moved);
  }
  return direction;
}

interface Place {
  readonly point: Float32Array;
  readonly slope: Slope;
}

/** Shortens the step by the parabola through what is known, until the value has fallen enough. */
async function lineSearch(
  { point, slope, direction }: Place & { readonly direction: Float32Array },
  slopeAt: (point: Float32Array) => Promise<Slope>,
  firstLength: number,
): Promise<(Place & { readonly length: number }) | null> {
  const along = inner(slope.gradient, direction);
  let length = firstLength;
  for (let trial = 0; trial < trialsAtMost; trial++) {
    const next = point.slice();
    add(next, length, direction);
    const there = await slopeAt(next);
    if (there.value <= slope.value + sufficientDecrease * length * along) {
      return { point: next, slope: there, length };
    }
    const excess = there.value - slope.value - length * along;
    const lowest = excess > 0 ? (-along * length * length) / (2 * excess) : 0;
    length = Math.min(0.5 * length, Math.max(0.1 * length, lowest));
  }
  return null;
}

function largest(values: Float32Array): number {
  let most = 0;
  for (let index = 0; index < values.length; index++) {
    const size = Math.abs(values[index] as number);
    if (size > most) most = size;
  }
  return most;
}

function inner(first: Float32Array, second: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < first.length; index++) {
    sum += (first[index] as number) * (second[index] as number);
  }
  return sum;
}

/** target += factor · source, in place. */
function add(target: Float32Array, factor: number, source: Float32Array): void {
  for (let index = 0; index < target.length; index++) {
    target[index] = (target[index] as number) + factor * (source[index] as number);
  }
}

function difference(first: Float32Array, second: Float32Array): Float32Array {
  const result = first.slice();
  add(result, -1, second);
  return result;
}
