import type { JobKind, JobStatus } from '../contract/jobs.ts';
import { formatPercent } from '../contract/percent.ts';
import type { PageName } from '../contract/pages.ts';

/** Whether a job has work left. */
export function isLive({ state }: JobStatus): boolean {
  return state === 'running' || state === 'paused' || state === 'queued';
}

/** Whether a job goes on without anybody: it runs, or waits for its turn. */
function isBusy({ state }: JobStatus): boolean {
  return state === 'running' || state === 'queued';
}

/** What the taskbar or the dock shows: a share from 0 to 1, below 0 for nothing, above 1 for no known share. */
export interface TaskbarProgress {
  readonly value: number;
  readonly mode: 'none' | 'normal' | 'indeterminate' | 'paused' | 'error';
}

const indeterminate = 2;

/** The progress to show of live jobs; `hasFailed` says that one failed that nobody has seen. */
export function taskbarProgress(jobs: readonly JobStatus[], hasFailed: boolean): TaskbarProgress {
  const running = jobs.find(({ state }) => state === 'running');
  if (running) {
    return running.progress > 0
      ? { value: running.progress, mode: 'normal' }
      : { value: indeterminate, mode: 'indeterminate' };
  }
  if (hasFailed) return { value: 1, mode: 'error' };
  const paused = jobs.find(({ state }) => state === 'paused');
  return paused ? { value: paused.progress, mode: 'paused' } : { value: -1, mode: 'none' };
}

/** Whether this computer must not fall asleep: a job runs on it. */
export function keepsAwake(jobs: readonly JobStatus[]): boolean {
  return jobs.some(({ state }) => state === 'running');
}

/** What is told of a job that ended, and the page that shows more. */
export interface EndNotice {
  readonly title: string;
  readonly body: string;
  readonly page: PageName | null;
}

const noticeAfterMs = 60_000;

const pagesOfKinds: Readonly<Partial<Record<JobKind, PageName>>> = {
  scan: 'library',
  decodeAgain: 'library',
  neighbours: 'library',
  train: 'train',
  addEncoder: 'train',
  evaluate: 'train',
  embed: 'explore',
  map: 'explore',
  positives: 'explore',
  import: 'explore',
  compare: 'compare',
  pay: 'compare',
};

/**
 * The notice of a job that ended after it ran for `ranMs`: for who looks elsewhere, of a job that they
 * waited for. Null for none, as after a cancel, which somebody asked for.
 */
export function endNotice(job: JobStatus, ranMs: number, isFocused: boolean): EndNotice | null {
  const { title, kind, state, error } = job;
  if (isFocused || ranMs < noticeAfterMs) return null;
  const page = pagesOfKinds[kind] ?? null;
  const body = `It ran for ${Math.round(ranMs / 60_000)} min.`;
  if (state === 'done') return { title: `“${title}” is done`, body, page };
  if (state === 'failed') {
    return { title: `“${title}” failed`, body: error?.message ?? body, page };
  }
  return null;
}

/** What a user who quits is asked. */
export interface QuitQuestion {
  readonly message: string;
  readonly detail: string;
}

/** The question about jobs that a quit would interrupt; null where there are none. */
export function quitQuestion(jobs: readonly JobStatus[]): QuitQuestion | null {
  const busy = jobs.filter(isBusy);
  const first = firstOf(busy);
  if (!first) return null;
  const others = busy.length - 1;
  const more =
    others === 0 ? '' : others === 1 ? ' One more job waits.' : ` ${others} more jobs wait.`;
  return {
    message: `Quit while “${first.title}” ${stateWords(first)}?`,
    detail: `What is done is kept, and the rest can be done at the next start or in the background.${more}`,
  };
}

/** One line on the jobs that are done in the background. */
export function backgroundLine(jobs: readonly JobStatus[]): string {
  const first = firstOf(jobs.filter(isBusy));
  return first ? `Negatoscope: “${first.title}” ${stateWords(first)}.` : 'Negatoscope';
}

function firstOf(busy: readonly JobStatus[]): JobStatus | undefined {
  return busy.find(({ state }) => state === 'running') ?? busy[0];
}

function stateWords({ state, progress }: JobStatus): string {
  return state === 'running' ? `is at ${formatPercent(progress, 0)}` : 'waits for its turn';
}
