import { generatedUseOf } from './generated-negatives.ts';
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
  const count = Math.max(0, negativesOf({ source, settings: sizes }, size));
  if (count === 0) return null;
  return withGenerated({ count, what: whatOfSource[source] }, { objective, settings });
}

/** The real negatives with those that a generator made, or what it made in their place. */
function withGenerated(
  real: RecordedNegatives,
  run: Pick<RunSummary, 'objective' | 'settings'>,
): RecordedNegatives {
  const use = generatedUseOf(run);
  const made = Number(run.settings['generatedNegatives'] ?? 0);
  if (use === null || !(made > 0)) return real;
  if (use === 'replace') return { count: made, what: 'generated negatives' };
  return { count: real.count + made, what: `${real.what}, and ${made} generated ones` };
}
