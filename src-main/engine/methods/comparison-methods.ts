import { comparisonWithMaps, outdatedComparisonOf } from '../comparison/comparison-with-maps.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on comparisons of two runs. */
export function comparisonMethods(libraries: OpenLibraries): MethodsOf<'comparison'> {
  return {
    'comparison.withMaps': (input) => comparisonWithMaps(libraries.opened(), input),
    'comparison.outdated': (input) => outdatedComparisonOf(libraries.opened(), input),
  };
}
