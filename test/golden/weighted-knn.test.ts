import { expect } from 'vitest';
import { classScores, highestClass } from '../../src-main/engine/evaluation/weighted-knn.ts';
import { describeCases, dot, largestDifference, parameter } from './golden-cases.ts';
import type { Matrix } from './golden-cases.ts';

describeCases('golden weighted kNN', 'weighted_knn', (golden) => {
  const bank = golden.inputs['bank'] as Matrix;
  const labels = golden.inputs['bank_labels'] as number[];
  const queries = golden.inputs['queries'] as Matrix;
  const k = parameter(golden, 'k');
  const scores = queries.map((query) => {
    const similarities = bank.map((row) => dot(query, row));
    const nearest = bank
      .map((_, row) => row)
      .sort((a, b) => similarities[b]! - similarities[a]! || a - b)
      .slice(0, k);
    return classScores(
      nearest.map((row) => labels[row]!),
      nearest.map((row) => similarities[row]!),
      parameter(golden, 'classes'),
      parameter(golden, 'temperature'),
    );
  });
  const expected = golden.expected['scores'] as Matrix;
  for (const [query, row] of scores.entries()) {
    expect(largestDifference(row, expected[query]!)).toBeLessThan(1e-10);
  }
  const predictions = scores.map(highestClass);
  expect(predictions).toEqual(golden.expected['predictions']);
  const truth = golden.inputs['query_labels'] as number[];
  const right = predictions.filter((label, query) => label === truth[query]).length;
  expect((100 * right) / truth.length).toBe(golden.expected['top1']);
});
