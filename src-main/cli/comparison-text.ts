import type { Comparison } from '../contract/comparison.ts';
import {
  certaintyText,
  seedsText,
  sideText,
  changeText,
  intervalText,
  measureText,
  negativesMeasures,
  negativesWords,
  pairMeasures,
  sidesMeasures,
} from '../contract/comparison-measures.ts';
import {
  isBeyondSeeds,
  seedNullWords,
  seedOverlapWords,
  trainingsWords,
} from '../contract/trainings-words.ts';
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
    sideText(measure, 'a'),
    sideText(measure, 'b'),
    changeText(measure),
    certaintyText(measure),
    seedsText(measure),
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
    ...tableLines([['', a, b, 'change', '', 'by seeds'], ...sides]),
    '',
    ...trainingsWords(comparison),
    '',
    ...tableLines(pair),
    ...titledLine(seedOverlapWords(comparison)),
    '',
    `negatives per anchor, mean of ${anchors} anchors, each run by its own loss`,
    negativesWords(comparison),
    ...tableLines([['', 'kept', 'new', 'gone'], ...bins]),
    ...changedLines(comparison, nameOf),
  ].join('\n');
}

function changedLines(
  { mostChanged, changedGroups, mostChangedLabels, trainings }: Comparison,
  nameOf: (id: number) => PictureName,
): string[] {
  const mark = (isBeyond: boolean): string => (isBeyond ? 'beyond the seeds' : '');
  const changed = mostChanged
    .filter(({ overlap }) => overlap < 1)
    .slice(0, listedPictures)
    .map(({ id, overlap, lost, q }) => [
      ...[nameOf(id).path, overlap.toFixed(3), `lost ${lost.length}`],
      mark(isBeyondSeeds({ q })),
    ]);
  const groups = changedGroups
    .slice(0, listedGroups)
    .map(({ ids, lost, gained, isBeyondSeeds: isBeyond }) => {
      const [first = 0, ...others] = ids;
      return `${nameOf(first).path} and ${others.length} more: lost ${lost.length}, gained ${gained.length} together${isBeyond ? ', beyond the seeds' : ''}`;
    });
  const labels = mostChangedLabels
    .filter(({ overlap }) => overlap < 1)
    .slice(0, listedPictures)
    .map(({ label, pictures, overlap, q }) => [
      ...[label, overlap.toFixed(3), `of ${pictures}`],
      mark(isBeyondSeeds({ q })),
    ]);
  return [
    ...titledLine(seedNullWords({ trainings })),
    ...titled('changed most, by overlap of neighbours', tableLines(changed)),
    ...titled('changed in the same way', groups),
    ...titled('labels, most changed first', tableLines(labels)),
  ];
}

function titledLine(text: string): readonly string[] {
  return text === '' ? [] : ['', text];
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}
