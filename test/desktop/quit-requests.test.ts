import { expect, it } from 'vitest';
import type { JobStatus } from '../../src-main/contract/jobs.ts';
import type { QuitChoice } from '../../src-main/contract/preferences.ts';
import { QuitRequests, type QuitAnswer } from '../../src-main/desktop/quit-requests.ts';
import { jobOf } from '../renderer/job-of.ts';

/** Quits of an app whose user answers `answers` one after the other; what happens is noted. */
function quitting(choice: QuitChoice, answers: readonly QuitAnswer[] = []) {
  const notes: string[] = [];
  const left = [...answers];
  const app = { jobs: [jobOf(1, { title: 'Train' })] as readonly JobStatus[], choice, notes };
  const quits = new QuitRequests({
    jobs: () => app.jobs,
    choice: () => app.choice,
    remember: (remembered) => {
      notes.push(`remembers ${remembered}`);
      app.choice = remembered;
    },
    ask: ({ message }) => {
      notes.push(message);
      const answer = left.shift();
      return answer ? Promise.resolve(answer) : Promise.reject(new Error('The window is gone.'));
    },
    enterBackground: () => notes.push('in the background'),
    end: () => notes.push('ends'),
  });
  return Object.assign(app, { quits });
}

const question = 'Quit while “Train” is at 50\u00a0%?';

it('ends without a question where no job is interrupted', async () => {
  const app = quitting('ask');
  app.jobs = [jobOf(1, { state: 'paused' })];
  await app.quits.request();
  await app.quits.request();
  expect(app.notes).toEqual(['ends']);
  expect(app.quits.mayClose).toBe(true);
});

it('stays open after Cancel, and where nobody could answer', async () => {
  const app = quitting('ask', [{ answer: 'cancel', isRemembered: true }]);
  await app.quits.request();
  await app.quits.request();
  expect(app.notes).toEqual([question, question]);
  expect(app.quits.mayClose).toBe(false);
  expect(app.choice).toBe('ask');
});

it('asks once at a time', async () => {
  const app = quitting('ask', [{ answer: 'resume-later', isRemembered: false }]);
  await Promise.all([app.quits.request(), app.quits.request()]);
  expect(app.notes).toEqual([question, 'ends']);
});

it('in the background it ends with the jobs, and a window ends the background', async () => {
  const app = quitting('ask', [{ answer: 'background', isRemembered: true }]);
  await app.quits.request();
  expect(app.notes).toEqual([question, 'remembers background', 'in the background']);
  app.quits.checkBackground();
  app.quits.leaveBackground();
  app.jobs = [];
  app.quits.checkBackground();
  expect(app.notes).toHaveLength(3);
  app.jobs = [jobOf(2, { state: 'queued' })];
  await app.quits.request();
  app.jobs = [];
  app.quits.checkBackground();
  expect(app.notes.slice(3)).toEqual(['in the background', 'ends']);
});

it('who quits what is in the background means the end', async () => {
  const app = quitting('background');
  await app.quits.request();
  await app.quits.request();
  expect(app.notes).toEqual(['in the background', 'ends']);
});

it('what is preferred is done without a question', async () => {
  const app = quitting('resume-later');
  await app.quits.request();
  expect(app.notes).toEqual(['ends']);
});
