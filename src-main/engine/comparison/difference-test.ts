import type { DifferenceTest, ScoreSpread } from '../../contract/trainings-comparison.ts';
import { studentCritical, studentTwoSided } from '../numeric/student-t.ts';

/** Mean and sample standard deviation (n - 1) of the values of seeds. */
export function spreadOf(values: readonly number[]): ScoreSpread {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  const sd = values.length < 2 ? null : Math.sqrt(squares / (values.length - 1));
  return { values: [...values], mean, sd };
}

/** Values of seeds, or the one value of an encoder that has no seeds. */
export interface TestedSide extends ScoreSpread {
  readonly hasSeeds: boolean;
}

/** A spread between seeds that is known from elsewhere, and from how many of them. */
export interface KnownSpread {
  readonly sd: number;
  readonly seeds: number;
}

/**
 * The t test of the difference b - a of two trainings, with its 95 % interval. With as many seeds on both
 * sides it is Student's, which then hardly minds unequal spreads and, unlike Welch's with few seeds,
 * keeps its level; else it is Welch's (1947). A side without seeds adds no variance. A single seed has the
 * variance of the other side or, where that is single too, of `known`. Null where no variance is known.
 */
export function differenceTest(
  a: TestedSide,
  b: TestedSide,
  known: KnownSpread | null,
): DifferenceTest | null {
  const shared = [a, b].some(isSingle) ? sharedSpread([a, b], known) : null;
  if (shared === null && [a, b].some(isSingle)) return null;
  const parts = [a, b]
    .filter(({ hasSeeds }) => hasSeeds)
    .map(({ sd, values }) => ({
      variance: (shared?.sd ?? sd ?? 0) ** 2 / values.length,
      degrees: values.length - 1,
    }));
  const variance = parts.reduce((total, part) => total + part.variance, 0);
  if (parts.length === 0) return null;
  return testOf(b.mean - a.mean, Math.sqrt(variance), shared ? shared.seeds - 1 : degreesOf(parts));
}

/** Degrees of freedom of groups of seeds: Student's with equal sizes, else by Satterthwaite. */
function degreesOf(
  parts: readonly { readonly variance: number; readonly degrees: number }[],
): number {
  const [first, second] = parts;
  if (first && second && first.degrees === second.degrees) return 2 * first.degrees;
  const variance = parts.reduce((total, part) => total + part.variance, 0);
  return variance ** 2 / parts.reduce((sum, one) => sum + one.variance ** 2 / one.degrees, 0);
}

function isSingle({ hasSeeds, values }: TestedSide): boolean {
  return hasSeeds && values.length < 2;
}

/** The spread that a single seed is given: that of the other side's seeds, else the known one. */
function sharedSpread(sides: readonly TestedSide[], known: KnownSpread | null): KnownSpread | null {
  const other = sides.find(({ hasSeeds, sd }) => hasSeeds && sd !== null);
  return other === undefined ? known : { sd: other.sd ?? 0, seeds: other.values.length };
}

function testOf(difference: number, error: number, degrees: number): DifferenceTest {
  if (error === 0) return { low: difference, high: difference, p: difference === 0 ? 1 : 0 };
  const reach = error * studentCritical(0.05, degrees);
  return {
    low: difference - reach,
    high: difference + reach,
    p: studentTwoSided(difference / error, degrees),
  };
}
