import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MethodName } from '../../../src-main/contract/methods.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { FuzzFormat } from '../fuzz-format.ts';
import { byteMutations } from '../mutations/byte-mutations.ts';
import { sqliteMutations } from '../mutations/sqlite-mutations.ts';
import { changedSample, sampleOf } from './one-file.ts';

const path = 'library.sqlite';
const fixtures = join(import.meta.dirname, '../../fixtures/libraries');

/** What a window asks first. */
const firstCalls: readonly MethodName[] = [
  ...(['library.status', 'library.samples', 'library.notes', 'library.blank'] as const),
  ...(['library.skips', 'library.duplicates', 'pictures.marks', 'runs.list'] as const),
  ...(['jobs.list', 'verdicts.list', 'verdicts.groups', 'verdicts.passOn'] as const),
  ...(['verdicts.sameLabel', 'labels.listByHand', 'labels.problems', 'encoders.list'] as const),
  ...(['scores.leaveOut', 'window.recall'] as const),
];

export const libraryFormat: FuzzFormat = {
  name: 'library',
  title: 'Libraries (SQLite)',
  writesBeside: true,
  open(scratch) {
    const names = readdirSync(fixtures);
    const old = names.map((name) => ({ ...sampleOf(fixtures, name), path }));
    // As this version writes it: the last fixture, brought up to date.
    copyFileSync(join(fixtures, names.sort().at(-1) ?? ''), join(scratch, path));
    openLibrary(join(scratch, path), { mode: 'write', now: Date.now }).close();
    const present = sampleOf(scratch, path);
    const samples = [...Array<typeof present>(2 * old.length).fill(present), ...old];
    const mutations = { ...byteMutations, ...sqliteMutations };
    const engine = createEngine({
      ...{ dataFolder: scratch, modelFolder: scratch, workingFolder: scratch },
      ...{ now: () => Date.now(), resumesJobs: false },
    });
    const none = join(scratch, 'none.sqlite');
    return Promise.resolve({
      make: (random) => changedSample(samples, mutations, random),
      read: async (folder) => {
        try {
          await engine.call('library.open', { file: join(folder, path) });
          const { runs, shown } = await firstAnswers((method) => engine.call(method, {}));
          for (const { name } of shown.slice(0, 3)) {
            await engine.call('runs.history', { run: name });
            await engine.call('runs.map', { run: name });
          }
          if (runs === 0 && shown.length > 0) throw new Error('Runs are told that are not there.');
        } finally {
          // Closes the file, which is deleted after that.
          await engine.call('library.open', { file: none });
        }
      },
    });
  },
};

type Call = (method: MethodName) => Promise<unknown>;

async function firstAnswers(call: Call) {
  let shown: { readonly name: string }[] = [];
  for (const method of firstCalls) {
    const answer = await call(method);
    if (method === 'runs.list') shown = answer as typeof shown;
  }
  return { runs: shown.length, shown };
}
