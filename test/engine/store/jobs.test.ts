import { expect, test } from 'vitest';
import {
  createJob,
  listJobs,
  readJob,
  unfinishedJobs,
  updateJob,
} from '../../../src-main/engine/store/jobs.ts';
import { temporaryLibrary } from './temporary-library.ts';

test('a job keeps its input, progress, result and error', () => {
  const library = temporaryLibrary();
  const { id } = createJob(library, 'scan', { folder: '/p' });
  updateJob(library, id, { state: 'running', progress: 0.5, message: 'Half' });
  updateJob(library, id, { state: 'done', result: { images: 3 }, endedAt: 7 });
  expect(readJob(library, id)).toEqual({
    id,
    kind: 'scan',
    input: { folder: '/p' },
    state: 'done',
    progress: 0.5,
    message: 'Half',
    result: { images: 3 },
    error: null,
    createdAt: 1000,
    endedAt: 7,
  });
  const failed = createJob(library, 'train', {});
  updateJob(library, failed.id, { state: 'failed', error: { code: 'internal', message: 'No.' } });
  expect(readJob(library, failed.id)?.error).toEqual({ code: 'internal', message: 'No.' });
  expect(readJob(library, 99)).toBeNull();
});

test('jobs that a dead process left are found, and the newest come first in the list', () => {
  const library = temporaryLibrary();
  const jobs = (['scan', 'train', 'embed'] as const).map((kind) => createJob(library, kind, {}));
  updateJob(library, jobs[0]!.id, { state: 'done' });
  updateJob(library, jobs[1]!.id, { state: 'running' });
  expect(unfinishedJobs(library).map(({ kind }) => kind)).toEqual(['train', 'embed']);
  expect(listJobs(library, 2).map(({ kind }) => kind)).toEqual(['embed', 'train']);
});
