import { measureText } from '../../../../src-main/contract/comparison-measures.ts';
import { lossesDifferText } from '../../../../src-main/contract/trained-loss.ts';
import {
  boundsWords,
  isMeasuredOtherwise,
  scoreProtocol,
  scoreWords,
} from '../../../../src-main/contract/run-scores.ts';
import {
  objectiveText,
  type ScoreNumbers,
  type RunSummary,
} from '../../../../src-main/contract/runs.ts';
import { formatPercent } from '../../../../src-main/contract/percent.ts';
import { formatNumber, formatTime } from '../../../formats/formats.ts';
import { encoderText } from '../../../app/runs/encoder-text.ts';
import { settingTitle, settingsOf, valueText, type SettingText } from './run-settings.ts';

type Value = number | string | null;

/** A column of the table of runs. */
export interface RunColumn {
  readonly key: string;
  readonly title: string;
  /** What it means, where the title does not say it all. */
  readonly hint: string;
  /** What a run was started with; metrics and times are results. */
  readonly isSetting: boolean;
  readonly isNumber: boolean;
  /** By which rows are sorted, and settings told apart. */
  readonly valueOf: (run: RunSummary) => Value;
  readonly textOf: (run: RunSummary) => string;
  /** How a number of this column is written; left out where it has no mean. */
  readonly format?: (value: number) => string;
  /** What must be known to read it, beside it; empty for nothing. */
  readonly noteOf?: (run: RunSummary) => string;
  /** The note of every run that has one, where all have the same; it stands in the heading. */
  readonly note?: string;
  /** How a missing value is measured; left out where there is no way to. */
  readonly howToMeasure?: string;
}

interface Result {
  readonly title: string;
  readonly hint: string;
  readonly format: (value: number) => string;
}

/** With three decimals and a true minus sign. */
const decimals = (value: number): string => measureText(value, false, 3);

/** What a run is judged by first. */
const firstResults = (leftOut: string): readonly RunColumn[] => [
  score('knn', leftOut),
  score('precisionAt20', leftOut),
  number('lastLoss', 'loss', `Mean of the last epoch. ${lossesDifferText}`, {
    valueOf: ({ loss }) => loss,
    format: decimals,
  }),
];

const otherResults = (leftOut: string): readonly RunColumn[] => [
  score('knnBalanced', leftOut),
  score('linear', leftOut),
  score('linearBalanced', leftOut),
  metric('rankMe', {
    title: scoreWords.rankMe.short,
    hint: scoreWords.rankMe.meaning,
    format: (value) => value.toFixed(1),
  }),
  number('alignment', 'alignment', alignmentHint, {
    valueOf: ({ metrics }) => metrics.alignment ?? null,
    format: decimals,
    isOther: ({ metrics }) => metrics.alignmentProtocol !== scoreProtocol,
  }),
  metric('uniformity', {
    title: 'uniformity',
    hint: 'how evenly the features are spread; lower is better',
    format: decimals,
  }),
  number('imagesPerSecond', 'pict./s', 'pictures a second', {
    valueOf: ({ imagesPerSecond }) => imagesPerSecond,
    format: (speed) => formatNumber(speed, 0),
  }),
  {
    ...{ key: 'created', title: 'created', hint: '', isSetting: false, isNumber: false },
    valueOf: ({ created }) => created,
    textOf: ({ created }) => formatTime(created),
  },
];

const what: readonly RunColumn[] = [
  {
    ...{ key: 'objective', title: 'objective', hint: '', isSetting: true, isNumber: false },
    valueOf: objectiveText,
    textOf: objectiveText,
  },
  {
    ...{ key: 'encoder', title: 'encoder', hint: '', isSetting: true, isNumber: false },
    valueOf: encoderText,
    textOf: encoderText,
  },
];

/**
 * The results of runs, what they are, and every setting that one of them was trained with. Scores that
 * were measured otherwise than by leaving `leftOut` (`leaveOutText`) out have a star.
 */
export function runColumns(runs: readonly RunSummary[], leftOut = ''): RunColumn[] {
  const values = new Map(runs.map(({ run, ...summary }) => [run, settingsOf(summary)]));
  const keys = new Set([...values.values()].flatMap((settings) => [...settings.keys()]));
  const columns = [...keys]
    .map((key) => ({ key, title: settingTitle(key) }))
    .sort((a, b) => a.title.order - b.title.order)
    .map(({ key, title }) => settingColumn(key, title, values));
  return [...firstResults(leftOut), ...what, ...columns, ...otherResults(leftOut)];
}

/** The columns with a note in their heading where all runs have the same, and in no row then. */
export function withSharedNotes(
  columns: readonly RunColumn[],
  runs: readonly RunSummary[],
): RunColumn[] {
  return columns.map(({ noteOf, ...column }) => {
    if (noteOf === undefined) return column;
    const notes = new Set(runs.map(noteOf).filter(Boolean));
    const [note] = notes;
    return notes.size === 1 && note !== undefined ? { ...column, note } : { ...column, noteOf };
  });
}

/**
 * The settings in which runs differ, by column: what most of them have, undefined where none
 * prevails.
 */
export function differences(
  columns: readonly RunColumn[],
  runs: readonly RunSummary[],
): ReadonlyMap<string, Value | undefined> {
  const trained = runs.filter(({ kind }) => kind === 'trained');
  const found = new Map<string, Value | undefined>();
  for (const { key, isSetting, valueOf } of columns) {
    if (!isSetting) continue;
    const counts = new Map<Value, number>();
    for (const run of hasOfEvery(key) ? runs : trained) {
      counts.set(valueOf(run), (counts.get(valueOf(run)) ?? 0) + 1);
    }
    if (counts.size < 2) continue;
    const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
    found.set(key, first && first[1] > (second?.[1] ?? 0) ? first[0] : undefined);
  }
  return found;
}

/** Whether a run differs from most others in a column, as `differences` found them. */
export function isUnusual(
  run: RunSummary,
  { key, valueOf }: RunColumn,
  differing: ReadonlyMap<string, Value | undefined>,
): boolean {
  if (!differing.has(key) || (run.kind !== 'trained' && !hasOfEvery(key))) return false;
  return valueOf(run) !== differing.get(key);
}

/** What was never trained has an encoder, but no settings to differ in. */
function hasOfEvery(key: string): boolean {
  return what.some((column) => column.key === key);
}

/** Runs in the order of a column; those without a value come last. */
export function sortedRuns(
  runs: readonly RunSummary[],
  { valueOf }: Pick<RunColumn, 'valueOf'>,
  isDescending: boolean,
): RunSummary[] {
  const sign = isDescending ? -1 : 1;
  return runs.toSorted((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order =
      typeof a === 'number' && typeof b === 'number'
        ? a - b
        : String(a).localeCompare(String(b), 'en', { numeric: true });
    return sign * order || one.run - other.run;
  });
}

function settingColumn(
  key: string,
  { title, hint }: SettingText,
  values: ReadonlyMap<number, ReadonlyMap<string, unknown>>,
): RunColumn {
  const valueOf = ({ run }: RunSummary): Value => {
    const value = values.get(run)?.get(key);
    if (value === undefined) return null;
    return typeof value === 'number' ? value : valueText(value);
  };
  const isNumber = [...values.values()].some((settings) => typeof settings.get(key) === 'number');
  const textOf = (run: RunSummary): string => {
    const value = values.get(run.run)?.get(key);
    return value === undefined ? '–' : valueText(value);
  };
  return { key, title, hint, isSetting: true, isNumber, valueOf, textOf };
}

const alignmentHint =
  'Mean squared distance of two views of the same 512 pictures, drawn as SimCLR does for every run; lower is better.';

const scoreColumns = {
  ...scoreWords,
  knnBalanced: {
    short: 'kNN bal.',
    meaning: 'kNN accuracy as a mean over the labels: chance is 1 / labels.',
  },
  linearBalanced: {
    short: 'linear bal.',
    meaning: 'Linear probe accuracy as a mean over the labels: chance is 1 / labels.',
  },
} as const;

const howToMeasureLinear =
  'A training leaves it out, and a comparison does not store it with a run: `negatoscope evaluate --all` measures it for every run, as does “Measure again” where it is offered above.';

function score(key: Exclude<keyof typeof scoreColumns, 'rankMe'>, leftOut: string): RunColumn {
  const { short, meaning } = scoreColumns[key];
  const isLinear = key === 'linear' || key === 'linearBalanced';
  return number(key, short, isLinear ? `${meaning} ${howToMeasureLinear}` : meaning, {
    ...(isLinear && { howToMeasure: `Not measured. ${howToMeasureLinear}` }),
    valueOf: ({ metrics }) => metrics[key] ?? null,
    format: formatPercent,
    isOther: ({ metrics }) => isMeasuredOtherwise(metrics, leftOut),
    ...(key === 'precisionAt20' && {
      noteOf: ({ metrics }) => boundsWords(metrics, formatPercent),
    }),
  });
}

function metric(key: keyof ScoreNumbers, { title, hint, format }: Result): RunColumn {
  return number(key, title, hint, { valueOf: ({ metrics }) => metrics[key] ?? null, format });
}

function number(
  key: string,
  title: string,
  hint: string,
  {
    valueOf,
    format,
    isOther = () => false,
    noteOf = () => '',
    howToMeasure,
  }: {
    readonly valueOf: (run: RunSummary) => number | null;
    readonly format: (value: number) => string;
    /** Whether it was measured otherwise than those of other runs. */
    readonly isOther?: (run: RunSummary) => boolean;
    readonly noteOf?: (run: RunSummary) => string;
    readonly howToMeasure?: string;
  },
): RunColumn {
  const textOf = (run: RunSummary): string => {
    const value = valueOf(run);
    return value === null ? '–' : `${format(value)}${isOther(run) ? '*' : ''}`;
  };
  const words = { key, title, hint, ...(howToMeasure !== undefined && { howToMeasure }) };
  return { ...words, isSetting: false, isNumber: true, valueOf, textOf, noteOf, format };
}
