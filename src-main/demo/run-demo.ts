import { runJob } from '../cli/run-job.ts';
import type { ProgressReporter } from '../cli/progress-reporter.ts';
import { decimals } from '../cli/text-table.ts';
import type { EngineClient } from '../contract/client.ts';
import type { JobInput } from '../contract/jobs.ts';
import { scoreProtocol } from '../contract/run-scores.ts';
import type { RunSummary } from '../contract/runs.ts';
import { usesVerdictsOf } from '../contract/verdict-use.ts';
import { buildDemoFolder } from './demo-folder.ts';
import type { DemoRecipe } from './demo-folder.ts';
import { DemoProgress } from './demo-progress.ts';
import type { EmojiScores } from './emoji-scores.ts';
import { judgeHalf } from './same-emoji-verdicts.ts';

interface DemoRun {
  readonly name: string;
  readonly seconds: number;
  readonly kind: 'embed' | 'train';
  readonly input: JobInput<'embed'> | JobInput<'train'>;
  /** Verdicts are there before it, and a page tells whether they paid. */
  readonly isJudged?: boolean;
}

/** Expected seconds for the scores and the map of a run. */
const secondsAfter = 6;

/** An adapter on the best features that need no training (docs/recipes.md). */
const adapted = { encoder: 'adapter', on: 'starter+hog', seed: 1 } as const;

/** The runs of the demo's story: no training, a training, and the same with what a person judged. */
const story: readonly DemoRun[] = [
  { name: 'starter', seconds: 22, kind: 'embed', input: { encoder: 'starter', name: 'starter' } },
  { name: 'adapted', seconds: 110, kind: 'train', input: { ...adapted, name: 'adapted' } },
  {
    name: 'judged',
    seconds: 30,
    kind: 'train',
    input: { ...adapted, name: 'judged', verdicts: 'attract' },
    isJudged: true,
  },
];

/**
 * A training from nothing of minutes cannot have the papers' hundreds of epochs. Many epochs of small pictures,
 * a lower temperature and small steps at the end train the encoder better than the papers' defaults.
 */
const fromNothing = {
  encoder: 'resnet8',
  epochs: 45,
  batch: 64,
  size: 16,
  seed: 1,
  settings: { temperature: 0.2 },
  schedule: 'step',
  milestones: [0.85],
} as const;

/** What the demo trains from nothing where it is asked to, beside raw pixels. */
const beside: readonly DemoRun[] = [
  { name: 'pixels', seconds: 8, kind: 'embed', input: { encoder: 'pixels', name: 'pixels' } },
  ...(['simclr', 'hard'] as const).map((objective): DemoRun => ({
    ...{ name: objective, seconds: 200, kind: 'train' },
    input: { ...fromNothing, name: objective, objective },
  })),
];

/** The runs of the demo, without or with the trainings from nothing. */
function demoRuns(withFromNothing: boolean): readonly DemoRun[] {
  return withFromNothing ? [...story, ...beside] : story;
}

/** The trainings that the demo shows side by side at its end; the second was told the verdicts. */
export const comparedRuns = ['adapted', 'judged'] as const;

/** Where the demo's pictures and its file of verdicts are, and what it makes of them. */
interface Demo {
  readonly folder: string;
  readonly verdictFile: string;
  readonly recipe: DemoRecipe;
  readonly withFromNothing: boolean;
  readonly now: () => number;
}

/**
 * Makes the demo's pictures in `folder`, and everything that is shown of them in the library that
 * `engine` has open; skips what is done already. Resolves to the runs.
 */
export async function runDemo(
  engine: EngineClient,
  { folder, verdictFile, recipe, withFromNothing, now }: Demo,
  reporter: ProgressReporter,
): Promise<RunSummary[]> {
  const wanted = demoRuns(withFromNothing);
  const steps = [
    { title: 'Drawing pictures', seconds: 6 },
    { title: 'Scanning', seconds: 8 },
    ...wanted.map(({ name, kind, seconds }) => ({
      title: kind === 'train' ? `Training ${name}` : `Embedding with ${name}`,
      seconds: seconds + secondsAfter,
    })),
    { title: 'Comparing the trainings', seconds: 4 },
    { title: 'Asking whether the verdicts paid', seconds: 3 },
  ];
  const progress = new DemoProgress(steps, reporter);
  try {
    progress.next();
    await buildDemoFolder(folder, recipe, (done, total) =>
      progress.show(done / total, `${done} of ${total}`),
    );
    progress.next();
    await runJob(engine, 'scan', { folder }, progress.forJob());
    for (const run of wanted) {
      progress.next();
      if (run.isJudged) await judgeHalf(engine, verdictFile, now);
      await completeRun(engine, run, progress);
    }
    progress.next();
    const compared = comparedRuns.map((run) => ({ run }));
    await runJob(engine, 'compare', { runs: compared }, progress.forJob());
    progress.next();
    await runJob(engine, 'pay', { run: comparedRuns[1] }, progress.forJob());
  } finally {
    progress.end();
  }
  const runs = await engine.call('runs.list', { archived: true });
  return wanted.flatMap(({ name }) => runs.filter((run) => run.name === name));
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

/** The runs as rows of a table, with its head first; `scores` has what each run makes of the emoji. */
export function demoTable(
  runs: readonly RunSummary[],
  scores: readonly (EmojiScores | null)[],
): string[][] {
  const head = ['run', 'objective', 'verdicts', 'kNN', 'kNN, other emoji'];
  const tail = ['same emoji nearest: judged half', 'other half', 'pictures/s', 'device'];
  return [
    [...head, ...tail],
    ...runs.map((run, index) => {
      const { knnOtherEmoji = null, sameNearest } = scores[index] ?? {};
      return [
        run.name,
        run.objective ?? '–',
        usesVerdictsOf(run.settings) ? 'yes' : 'no',
        decimals(run.metrics.knn, 3),
        decimals(knnOtherEmoji, 3),
        decimals(sameNearest?.judged, 3),
        decimals(sameNearest?.others, 3),
        decimals(run.imagesPerSecond, 0),
        run.device ?? '–',
      ];
    }),
  ];
}
