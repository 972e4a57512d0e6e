import { accuracyOf } from '../../src-main/engine/evaluation/accuracy.ts';
import { linearProbe } from '../../src-main/engine/evaluation/linear-probe.ts';
import { clusteredUnitRows } from '../engine/neighbours/random-unit-rows.ts';

const cases = [
  { name: 'fewLabels', labels: 25, each: 48, dimensions: 768 },
  { name: 'manyLabels', labels: 1200, each: 2, dimensions: 768 },
] as const;

/** The linear probe of an evaluation, with few labels and with many (two pictures each): wall and processor time. */
export async function benchLinearProbe(): Promise<Record<string, unknown>> {
  const figures: Record<string, unknown> = {};
  for (const { name, labels, each, dimensions } of cases) {
    const count = labels * each;
    const shape = { count, dimensions, clusters: labels, spread: 0.6, seed: 1 };
    const rows = { vectors: clusteredUnitRows(shape), count, dimensions };
    const labelOf = Int32Array.from({ length: count }, (_, row) => row % labels);
    const start = performance.now();
    const cpu = process.cpuUsage();
    const shares = await linearProbe(rows, labelOf, null);
    const accuracy = accuracyOf(labelOf, (row) => shares?.right[row] ?? 0)?.all;
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const cpuSeconds = (user + system) / 1e6;
    figures[name] = { labels, pictures: count, dimensions, accuracy, seconds, cpuSeconds };
  }
  return figures;
}
