import { viewComparison } from '../comparison/comparison-view.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import type { MethodsOf } from './method-handlers.ts';

export function comparisonMethods(libraries: OpenLibraries): MethodsOf<'comparison'> {
  return { 'comparison.view': (input) => viewComparison(libraries.opened(), input) };
}
