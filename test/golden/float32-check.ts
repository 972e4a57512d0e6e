import type { NamedArray } from '../../src-main/engine/graph/program.ts';
import { largestDifference } from './golden-cases.ts';
import type { GoldenCase } from './golden-cases.ts';
import { flatten, runLoss } from './golden-loss.ts';
import type { GoldenLoss, Nested } from './golden-loss.ts';

/** What a loss must give: itself, its gradients by input, and what it computes besides, by name. */
export interface Wanted {
  readonly loss: number;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  readonly besides: Readonly<Record<string, readonly number[]>>;
}

/** The absolute tolerance at temperatures from `exactFrom` on. */
const tolerance = 1e-4;
const exactFrom = 0.1;

/** What follows from an order of similarities, in which float32 may exchange two that are nearly equal. */
const ofOrders = ['ring_queue_indices', 'false_negative_columns'];

export function temperatureOf({ params }: GoldenCase): number {
  return Number(params['temperature'] ?? params['nce_T']);
}

/**
 * What differs between a device's float32 and what is wanted: by more than 1e-4; at temperatures below
 * 0.1, where the gradients are multiples of 1 / t, by more than 1e-4 of the largest wanted value. What is
 * computed besides may be of any size: 1e-4 of its largest value.
 */
export async function float32Problems(
  golden: GoldenCase,
  loss: GoldenLoss,
  device: string,
  wanted: Wanted,
): Promise<string[]> {
  const outputs = await runLoss(loss, device, 'float32');
  const isExact = temperatureOf(golden) >= exactFrom;
  const problems: string[] = [];
  const check = (name: string, values: readonly number[], isAbsolute: boolean): void => {
    const found = outputs[name]?.values ?? [];
    const scale = isAbsolute ? 1 : Math.max(1, ...values.map(Math.abs));
    const difference = largestDifference(found, values);
    if (difference < tolerance * scale) return;
    problems.push(`${golden.name} ${loss.title ?? ''} ${name}: ${difference}, largest ${scale}`);
  };
  check('loss', [wanted.loss], isExact);
  for (const [input, values] of Object.entries(wanted.gradients)) {
    check(`grad.${input}`, values, isExact);
  }
  for (const [name, values] of Object.entries(wanted.besides)) check(`aux.${name}`, values, false);
  return problems;
}

/** What the file says of a loss, and of its gradients. */
export function wantedOf(golden: GoldenCase, loss: GoldenLoss): Wanted {
  const names = loss.names ?? { loss: 'loss', grad: 'grad' };
  const gradients = golden.expected[names.grad] as Readonly<Record<string, Nested>>;
  return {
    loss: golden.expected[names.loss] as number,
    gradients: Object.fromEntries(
      Object.entries(gradients).map(([input, values]) => [input, flatten(values)]),
    ),
    besides: {},
  };
}

/** What the cpu gives in float64, which the other tests of this folder hold against the files. */
export async function wantedInFloat64(loss: GoldenLoss): Promise<Wanted> {
  const outputs = await runLoss(loss, 'cpu', 'float64');
  const named = (prefix: string): Record<string, number[]> =>
    Object.fromEntries(
      Object.entries(outputs).flatMap(([name, { values }]: [string, NamedArray]) => {
        const rest = name.startsWith(prefix) ? name.slice(prefix.length) : '';
        return rest === '' || ofOrders.includes(rest) ? [] : [[rest, Array.from(values)]];
      }),
    );
  return {
    loss: outputs['loss']!.values[0]!,
    gradients: named('grad.'),
    besides: named('aux.'),
  };
}

/** The same case at another temperature; what the file expects is no longer right then. */
export function atTemperature(golden: GoldenCase, temperature: number): GoldenCase {
  const key = 'nce_T' in golden.params ? 'nce_T' : 'temperature';
  return { ...golden, params: { ...golden.params, [key]: temperature } };
}

/** The temperatures at which every objective is tried on every device. */
export const temperatures: readonly number[] = [0.02, 0.05, 0.07, 0.1, 0.2, 0.5, 1];
