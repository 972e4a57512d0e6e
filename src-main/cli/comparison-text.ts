import type { Comparison } from '../contract/comparison.ts';
import {
  certaintyText,
  changeText,
  intervalText,
  measureText,
  negativesMeasures,
  pairMeasures,
  sidesMeasures,
} from '../contract/comparison-measures.ts';
import type { PictureName } from './picture-names.ts';
import { tableLines } from './text-table.ts';

const listedPictures = 5;
const listedGroups = 3;

/** A comparison as text for a terminal. */
export function comparisonText(
  comparison: Comparison,
  nameOf: (id: number) => PictureName,
): string {
  const { a, b, pictures, dimensions, anchors } = comparison;
  const sizes =
    dimensions.a === dimensions.b ? '' : `, ${dimensions.a} and ${dimensions.b} dimensions`;
  const sides = sidesMeasures(comparison).map((measure) => [
    measure.name,
    measureText(measure.a, measure.isShare),
    measureText(measure.b, measure.isShare),
    changeText(measure),
    certaintyText(measure),
  ]);
  const pair = pairMeasures(comparison).map(({ name, value, interval }) => [
    name,
    measureText(value, false, 3),
    intervalText(interval),
  ]);
  const bins = negativesMeasures(comparison).map(({ bin, kept, gone, ...change }) => [
    bin,
    ...[kept, change.new, gone].map((value) => value.toFixed(1)),
  ]);
  return [
    `${a} and ${b}, ${pictures} pictures in both${sizes}; intervals are 95 %`,
    '',
    ...tableLines([['', a, b, 'change', ''], ...sides]),
    '',
    ...tableLines(pair),
    '',
    `negatives per anchor, mean of ${anchors} anchors, each run by its own loss`,
    ...tableLines([['', 'kept', 'new', 'gone'], ...bins]),
    ...changedLines(comparison, nameOf),
  ].join('\n');
}

function changedLines(
  { mostChanged, changedGroups, mostChangedLabels }: Comparison,
  nameOf: (id: number) => PictureName,
): string[] {
  const changed = mostChanged
    .filter(({ overlap }) => overlap < 1)
    .slice(0, listedPictures)
    .map(({ id, overlap, lost }) => [nameOf(id).path, overlap.toFixed(3), `lost ${lost.length}`]);
  const groups = changedGroups.slice(0, listedGroups).map(({ ids, lost, gained }) => {
    const [first = 0, ...others] = ids;
    return `${nameOf(first).path} and ${others.length} more: lost ${lost.length}, gained ${gained.length} together`;
  });
  const labels = mostChangedLabels
    .filter(({ overlap }) => overlap < 1)
    .slice(0, listedPictures)
    .map(({ label, pictures, overlap }) => [label, overlap.toFixed(3), `of ${pictures}`]);
  return [
    ...titled('changed most, by overlap of neighbours', tableLines(changed)),
    ...titled('changed in the same way', groups),
    ...titled('labels, most changed first', tableLines(labels)),
  ];
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}
