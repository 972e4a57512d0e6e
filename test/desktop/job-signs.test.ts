import { describe, expect, it } from 'vitest';
import { JobClock } from '../../src-main/desktop/job-clock.ts';
import {
  backgroundLine,
  endNotice,
  keepsAwake,
  quitQuestion,
  taskbarProgress,
} from '../../src-main/desktop/job-signs.ts';
import { jobOf } from '../renderer/job-of.ts';

const minute = 60_000;

describe('the progress in taskbar and dock', () => {
  it('is that of the running job, else of a paused one', () => {
    const jobs = [jobOf(1, { state: 'paused', progress: 0.25 }), jobOf(2, { progress: 0.4 })];
    expect(taskbarProgress(jobs, true)).toEqual({ value: 0.4, mode: 'normal' });
    expect(taskbarProgress(jobs.slice(0, 1), false)).toEqual({ value: 0.25, mode: 'paused' });
    expect(taskbarProgress([jobOf(1, { progress: 0 })], false).mode).toBe('indeterminate');
  });

  it('is an error until someone looks, then nothing', () => {
    expect(taskbarProgress([], true)).toEqual({ value: 1, mode: 'error' });
    expect(taskbarProgress([], false)).toEqual({ value: -1, mode: 'none' });
    expect(taskbarProgress([jobOf(1, { state: 'queued', progress: 0 })], false).mode).toBe('none');
  });
});

it('the computer stays awake for a job that runs, not for one that is paused', () => {
  expect(keepsAwake([jobOf(1, { state: 'paused' }), jobOf(2)])).toBe(true);
  expect(keepsAwake([jobOf(1, { state: 'paused' }), jobOf(2, { state: 'queued' })])).toBe(false);
});

describe('the notice of a job’s end', () => {
  const done = jobOf(1, { state: 'done', title: 'Train hard' });

  it('says what ended, after how long, and where more is', () => {
    expect(endNotice(done, 12 * minute, false)).toEqual({
      title: '“Train hard” is done',
      body: 'It ran for 12 min.',
      page: 'train',
    });
    const error = { code: 'disk-full', message: 'The disk is full.' } as const;
    const failed = jobOf(2, { kind: 'exportAtlas', state: 'failed', error, title: 'Export' });
    expect(endNotice(failed, minute, false)).toEqual({
      title: '“Export” failed',
      body: 'The disk is full.',
      page: null,
    });
  });

  it('is not shown to who looks, of short jobs, or of what was cancelled', () => {
    expect(endNotice(done, 12 * minute, true)).toBeNull();
    expect(endNotice(done, minute - 1, false)).toBeNull();
    expect(endNotice({ ...done, state: 'cancelled' }, 12 * minute, false)).toBeNull();
  });
});

describe('the question at a quit', () => {
  it('names the job that runs, and counts those that wait', () => {
    const jobs = [
      jobOf(1, { state: 'queued' }),
      jobOf(2, { progress: 0.404, title: 'Train hard' }),
    ];
    const question = quitQuestion([...jobs, jobOf(3, { state: 'paused' })]);
    expect(question?.message).toBe('Quit while “Train hard” is at 40\u00a0%?');
    expect(question?.detail).toMatch(/One more job waits\.$/);
    expect(backgroundLine(jobs)).toBe('Negatoscope: “Train hard” is at 40\u00a0%.');
    expect(quitQuestion(jobs.slice(0, 1))?.message).toBe('Quit while “job 1” waits for its turn?');
  });

  it('is not asked for jobs that someone paused', () => {
    expect(quitQuestion([jobOf(1, { state: 'paused' })])).toBeNull();
    expect(quitQuestion([])).toBeNull();
  });
});

it('the clock of jobs counts the time in which they ran', () => {
  let now = 0;
  const clock = new JobClock(() => now);
  const at = (time: number, state: 'running' | 'paused' | 'done', job = 1): number => {
    now = time;
    return clock.note({ job, state });
  };
  expect(at(100, 'running')).toBe(0);
  expect(at(400, 'running')).toBe(300);
  expect(at(1000, 'paused')).toBe(900);
  expect(at(5000, 'running')).toBe(900);
  expect(at(5050, 'done')).toBe(950);
  expect(at(9000, 'done', 2)).toBe(0);
});
