import type { Comparison } from '../contract/comparison.ts';
import { negativesMeasures, pairMeasures, sidesMeasures } from '../contract/comparison-measures.ts';
import { csvLine } from '../contract/csv-line.ts';
import type { SampleColumns } from '../contract/library.ts';
import { pictureNames } from './picture-names.ts';

const noSeeds = [null, null, null] as const;

type Cell = string | number | null | undefined;

/**
 * Every listed picture of a comparison, the most changed first: its hash, path and label, how it
 * changed, and the number of its changed group, if any.
 */
export function picturesCsv(
  { mostChanged, changedGroups }: Comparison,
  samples: SampleColumns,
): string {
  const nameOf = pictureNames(samples);
  const groupOf = new Map(
    changedGroups.flatMap(({ ids }, group) => ids.map((id) => [id, group + 1] as const)),
  );
  const indexOf = new Map(Array.from(samples.ids, (id, index) => [id, index]));
  const rows = mostChanged.map(({ id, overlap, rankBiasedOverlap, hardness, gained, lost, q }) => {
    const { hash, path } = nameOf(id);
    const label = samples.labels[samples.labelIndex[indexOf.get(id) ?? -1] ?? -1];
    const numbers = [overlap, rankBiasedOverlap, hardness, gained.length, lost.length];
    return [hash, path, label, ...numbers, groupOf.get(id), q];
  });
  const head = [
    ...['hash', 'path', 'label', 'neighbourOverlap', 'rankBiasedOverlap', 'hardnessChange'],
    ...['gained', 'lost', 'changedGroup', 'seedRate'],
  ];
  return csv([head, ...rows]);
}

/** Every measure of every pair, a row each; cells that do not apply are empty. */
export function measuresCsv(comparisons: readonly Comparison[]): string {
  const rows = comparisons.flatMap((comparison) => {
    const { a, b } = comparison;
    return [
      ...sidesMeasures(comparison).map(({ name, change, trainings, ...sides }) => {
        const isKnown = sides.a !== null && sides.b !== null;
        const difference = isKnown ? Number(sides.b) - Number(sides.a) : null;
        const seeds = [trainings?.test?.p, trainings?.exact?.p, trainings?.betweenSeeds];
        return [a, b, name, sides.a, sides.b, difference, change?.low, change?.high, ...seeds];
      }),
      ...pairMeasures(comparison).map(({ name, value, interval }) => [
        ...[a, b, name, null, null, value, interval?.low, interval?.high, ...noSeeds],
      ]),
      ...negativesMeasures(comparison).flatMap(({ bin, ...parts }) =>
        (['kept', 'new', 'gone'] as const).map((part) => [
          ...[a, b, `${bin} negatives ${part}`, null, null, parts[part], null, null, ...noSeeds],
        ]),
      ),
    ];
  });
  const head = ['first', 'second', 'measure', 'a', 'b', 'value', 'low', 'high'];
  return csv([[...head, 'p', 'exactP', 'betweenSeeds'], ...rows]);
}

function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${csvLine(row.map(cellText))}\n`).join('');
}

function cellText(cell: Cell): string {
  return cell === null || cell === undefined ? '' : String(cell);
}
