import { negativesOf } from './objectives/fit-objective.ts';
import { partsOf } from './objectives/parse-objective.ts';
import { parseObjectivePreset } from './objectives/presets.ts';
import type { SourceName } from './objectives/parts.ts';
import type { RunSummary } from './runs.ts';

/** With how many vectors a training compared each view of an anchor, and what they are. */
interface RecordedNegatives {
  readonly count: number;
  readonly what: string;
}

const whatOfSource: Readonly<Record<SourceName, string>> = {
  batch: 'views of its batch',
  queue: 'keys of the queue, less its own',
  bank: 'vectors of the memory bank',
  'two-banks': 'vectors of each memory bank',
  prototypes: 'centres of other clusters',
};

/** N of a run's training, by its settings (as docs/formulas.md, The anchor's own picture); null without. */
export function recordedNegatives({
  objective,
  settings,
}: Pick<RunSummary, 'objective' | 'settings'>): RecordedNegatives | null {
  if (objective === null) return null;
  const { source } = partsOf(parseObjectivePreset(objective), settings);
  const number = (key: string): number => Number(settings[key] ?? 0);
  const isBank = source === 'bank' || source === 'two-banks';
  const draws = isBank ? number('nceK') : 0;
  if (draws > 0) return { count: draws, what: `draws of ${whatOfSource[source]}` };
  const sizes = { queueSize: number('queueSize'), prototypes: number('prototypes') };
  const size = { batch: number('batch'), pictures: number('pictures') };
  const count = negativesOf({ source, settings: sizes }, size);
  return count > 0 ? { count, what: whatOfSource[source] } : null;
}
