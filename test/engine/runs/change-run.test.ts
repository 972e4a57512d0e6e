import { describe, expect, test } from 'vitest';
import { updateRunInput } from '../../../src-main/contract/run-care.ts';
import { changeRun, deleteRun, restoreRun } from '../../../src-main/engine/runs/change-run.ts';
import { createJob, updateJob } from '../../../src-main/engine/store/jobs.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import {
  createRun,
  findRun,
  freeRunName,
  listRuns,
  runSummaries,
} from '../../../src-main/engine/store/runs.ts';
import type { NewRun, Run } from '../../../src-main/engine/store/runs.ts';
import { temporaryLibrary } from '../store/temporary-library.ts';

const simclr: NewRun = {
  ...{ name: 'simclr', kind: 'trained', encoder: 'resnet8', objective: 'simclr' },
  ...{ settings: {}, state: 'done' },
};

const everything = { archived: true, deleted: true };

function change(library: Library, run: number, changes: object): Run {
  return changeRun(library, run, updateRunInput.parse({ run, ...changes }));
}

describe('what people say of a run', () => {
  test('is changed piece by piece, and the rest stays', () => {
    const library = temporaryLibrary();
    const { id } = createRun(library, simclr);
    change(library, id, { note: 'the one of the paper', addTags: ['paper', 'best', 'best'] });
    change(library, id, { name: ' baseline ', removeTags: ['best', 'never there'] });
    expect(findRun(library, 'baseline')).toMatchObject({
      ...{ id, note: 'the one of the paper', tags: ['paper'], archived: false, deletedAt: null },
    });
    expect(change(library, id, { archived: true }).archived).toBe(true);
    expect(listRuns(library)).toHaveLength(1);
    expect(runSummaries(library, { archived: false, deleted: true })).toEqual([]);
    expect(runSummaries(library, everything)).toMatchObject([{ run: id, archived: true }]);
  });

  test('keeps one name each, and its own is no other', () => {
    const library = temporaryLibrary();
    const { id } = createRun(library, simclr);
    createRun(library, { ...simclr, name: 'ring' });
    expect(() => change(library, id, { name: 'ring' })).toThrow('a run named "ring" already');
    expect(change(library, id, { name: 'simclr', note: 'same' }).name).toBe('simclr');
    expect(() => change(library, 9, { name: 'x' })).toThrow('There is no run 9');
  });

  test('has short tags without commas, and not more than can be found again', () => {
    const library = temporaryLibrary();
    const { id } = createRun(library, simclr);
    const sentence = (changes: object): string =>
      updateRunInput.safeParse({ run: id, ...changes }).error?.issues[0]?.message ?? '';
    expect(sentence({ addTags: ['a,b'] })).toMatch(/holds no comma/);
    expect(sentence({ addTags: ['  '] })).toMatch(/at least one character/);
    expect(sentence({ addTags: ['a'.repeat(41)] })).toMatch(/at most 40 characters/);
    expect(sentence({ name: ' ' })).toMatch(/needs a name/);
    const many = Array.from({ length: 21 }, (_, tag) => `t${tag}`);
    expect(() => change(library, id, { addTags: many })).toThrow('at most 20');
  });
});

describe('a deleted run', () => {
  test('is found nowhere, the error says how to restore it, and is back as it was', () => {
    const library = temporaryLibrary();
    const { id } = createRun(library, simclr);
    const before = change(library, id, { note: 'n', addTags: ['t'] });
    deleteRun(library, 'simclr');
    for (const reference of [id, 'simclr', String(id)]) {
      expect(() => findRun(library, reference)).toThrow(
        `The run "simclr" was deleted; restore it (it is run ${id}) to use it again.`,
      );
    }
    expect(() => deleteRun(library, id)).toThrow('was deleted');
    expect(listRuns(library)).toEqual([]);
    expect(runSummaries(library, { archived: true, deleted: false })).toEqual([]);
    const [deleted] = runSummaries(library, everything);
    expect(deleted).toMatchObject({ run: id, deleted: expect.stringMatching(/^1970/) as unknown });
    expect(restoreRun(library, 'simclr')).toEqual(before);
    expect(findRun(library, 'simclr')).toEqual(before);
    expect(() => restoreRun(library, id)).toThrow('The run "simclr" is not deleted.');
  });

  test('leaves its name to others, and comes back under a free one or the one that is given', () => {
    const library = temporaryLibrary();
    const first = createRun(library, simclr);
    deleteRun(library, first.id);
    expect(freeRunName(library, 'simclr')).toBe('simclr');
    const second = createRun(library, simclr);
    deleteRun(library, second.id);
    const third = createRun(library, simclr);
    expect(() => restoreRun(library, first.id, 'simclr')).toThrow('already');
    // A name means the run that has it; of deleted ones the last deleted.
    expect(findRun(library, 'simclr').id).toBe(third.id);
    expect(restoreRun(library, 'simclr')).toMatchObject({ id: second.id, name: 'simclr 2' });
    expect(restoreRun(library, first.id, 'old')).toMatchObject({ id: first.id, name: 'old' });
    expect(() => restoreRun(library, 'nobody')).toThrow('There is no run nobody');
  });

  test('is none while a job makes it', () => {
    const library = temporaryLibrary();
    const job = createJob(library, 'train', {});
    const { id } = createRun(library, { ...simclr, settings: { job: job.id }, state: 'training' });
    expect(() => deleteRun(library, id)).toThrow(
      `The run "simclr" is not finished: cancel job ${job.id} first, then delete it.`,
    );
    updateJob(library, job.id, { state: 'cancelled' });
    expect(deleteRun(library, id).deletedAt).not.toBeNull();
  });
});
