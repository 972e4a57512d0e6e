import { expect, test } from 'vitest';
import { studentCritical, studentTwoSided } from '../../../src-main/engine/numeric/student-t.ts';

test.each([
  // 2 * scipy.stats.t.sf(t, degrees), SciPy 1.17.
  [2, 4, 0.11611652351681556],
  [0.5, 1, 0.7048327646991335],
  [12.7062, 1, 0.0500000185607104],
  [3.1, 2.37, 0.07265778902309637],
  [8, 30, 6.265822475700759e-9],
  [0.01, 5, 0.9924080180425819],
  [40, 3, 3.4380680789158506e-5],
])('t = %d with %d degrees of freedom has the p of SciPy, on either side', (t, degrees, p) => {
  expect(studentTwoSided(t, degrees) / p).toBeCloseTo(1, 10);
  expect(studentTwoSided(-t, degrees)).toBe(studentTwoSided(t, degrees));
});

test('no difference has p 1, one without end has p 0', () => {
  expect(studentTwoSided(0, 3)).toBe(1);
  expect(studentTwoSided(Infinity, 3)).toBe(0);
});

test.each([
  // scipy.stats.t.isf(p / 2, degrees), SciPy 1.17.
  [0.05, 4, 2.7764451051977943],
  [0.05, 1, 12.706204736174705],
  [0.05, 2.5, 3.5746548420036834],
  [0.01, 30, 2.749995653567226],
])('p = %d with %d degrees of freedom is at the t of SciPy', (p, degrees, t) => {
  expect(studentCritical(p, degrees) / t).toBeCloseTo(1, 10);
});
