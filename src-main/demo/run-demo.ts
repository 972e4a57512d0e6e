import { runJob } from '../cli/run-job.ts';
import type { ProgressReporter } from '../cli/progress-reporter.ts';
import { decimals } from '../cli/text-table.ts';
import type { EngineClient } from '../contract/client.ts';
import type { JobInput } from '../contract/jobs.ts';
import { scoreProtocol, scoreWords } from '../contract/run-scores.ts';
import type { RunSummary } from '../contract/runs.ts';
import { buildDemoFolder } from './demo-folder.ts';
import type { DemoRecipe } from './demo-folder.ts';
import { DemoProgress } from './demo-progress.ts';

interface DemoRun {
  readonly name: string;
  readonly seconds: number;
  readonly kind: 'embed' | 'train';
  readonly input: JobInput<'embed'> | JobInput<'train'>;
}

/** Expected seconds for the scores and the map of a run. */
const secondsAfter = 6;

/**
 * A training of minutes cannot have the papers' hundreds of epochs. Many epochs of small pictures, a
 * lower temperature and small steps at the end train the encoder better than the papers' defaults.
 */
const training = {
  encoder: 'resnet8',
  epochs: 45,
  batch: 64,
  size: 16,
  seed: 1,
  settings: { temperature: 0.2 },
  schedule: 'step',
  milestones: [0.85],
} as const;

/** The runs of the demo: two encoders that need no training, and two trainings. */
const demoRuns: readonly DemoRun[] = [
  { name: 'pixels', seconds: 8, kind: 'embed', input: { encoder: 'pixels', name: 'pixels' } },
  { name: 'starter', seconds: 22, kind: 'embed', input: { encoder: 'starter', name: 'starter' } },
  {
    name: 'simclr',
    seconds: 200,
    kind: 'train',
    input: { ...training, name: 'simclr', objective: 'simclr' },
  },
  {
    name: 'hard',
    seconds: 200,
    kind: 'train',
    input: { ...training, name: 'hard', objective: 'hard' },
  },
];

/** The trainings that the demo shows side by side at its end. */
export const comparedRuns = ['simclr', 'hard'] as const;

/**
 * Makes the demo's pictures in `folder`, and everything that is shown of them in the library that
 * `engine` has open; skips what is done already. Resolves to the runs.
 */
export async function runDemo(
  engine: EngineClient,
  folder: string,
  recipe: DemoRecipe,
  reporter: ProgressReporter,
): Promise<RunSummary[]> {
  const steps = [
    { title: 'Drawing pictures', seconds: 6 },
    { title: 'Scanning', seconds: 8 },
    ...demoRuns.map(({ name, kind, seconds }) => ({
      title: kind === 'train' ? `Training ${name}` : `Embedding with ${name}`,
      seconds: seconds + secondsAfter,
    })),
    { title: 'Comparing the trainings', seconds: 4 },
  ];
  const progress = new DemoProgress(steps, reporter);
  try {
    progress.next();
    await buildDemoFolder(folder, recipe, (done, total) =>
      progress.show(done / total, `${done} of ${total}`),
    );
    progress.next();
    await runJob(engine, 'scan', { folder }, progress.forJob());
    for (const run of demoRuns) {
      progress.next();
      await completeRun(engine, run, progress);
    }
    progress.next();
    const compared = comparedRuns.map((run) => ({ run }));
    await runJob(engine, 'compare', { runs: compared }, progress.forJob());
  } finally {
    progress.end();
  }
  const runs = await engine.call('runs.list', { archived: true });
  return demoRuns.flatMap(({ name }) => runs.filter((run) => run.name === name));
}

/** Trains or embeds, evaluates and maps a run, unless that is done already. */
async function completeRun(
  engine: EngineClient,
  { name, kind, input, seconds }: DemoRun,
  progress: DemoProgress,
): Promise<void> {
  const mainPart = seconds / (seconds + secondsAfter);
  const scored = (1 + mainPart) / 2;
  const state = async (): Promise<RunSummary | undefined> =>
    (await engine.call('runs.list', { archived: true })).find((run) => run.name === name);
  const before = await state();
  if (before?.state !== 'done' || !before.embedded) {
    await runJob(engine, kind, input, progress.forJob(0, mainPart));
  }
  if ((await state())?.metrics.protocol !== scoreProtocol) {
    await runJob(engine, 'evaluate', { run: name }, progress.forJob(mainPart, scored));
  }
  if (!(await state())?.mapped) {
    await runJob(engine, 'map', { run: name }, progress.forJob(scored, 1));
  }
}

/**
 * The runs as rows of a table, with its head first; `otherEmoji` has each run's accuracy where
 * only other emoji vote.
 */
export function demoTable(
  runs: readonly RunSummary[],
  otherEmoji: readonly (number | null)[],
): string[][] {
  const head = ['run', 'objective', 'loss', 'kNN', 'kNN, other emoji'];
  const tail = [scoreWords.precisionAt20.short, 'pictures/s', 'device'];
  return [
    [...head, ...tail],
    ...runs.map((run, index) => [
      run.name,
      run.objective ?? '–',
      decimals(run.loss, 3),
      decimals(run.metrics.knn, 3),
      decimals(otherEmoji[index], 3),
      decimals(run.metrics.precisionAt20, 3),
      decimals(run.imagesPerSecond, 0),
      run.device ?? '–',
    ]),
  ];
}
