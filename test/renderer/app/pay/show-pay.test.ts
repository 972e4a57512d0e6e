import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { JobStatus } from '../../../../src-main/contract/jobs.ts';
import { AskedFor } from '../../../../src-renderer/app/jobs/asked-for.ts';
import { tellPay } from '../../../../src-renderer/app/pay/show-pay.ts';
import { Notices } from '../../../../src-renderer/app/window/notices.svelte.ts';
import { Pages } from '../../../../src-renderer/app/window/pages.svelte.ts';
import { PayState } from '../../../../src-renderer/app/pay/pay.svelte.ts';
import { jobOf } from '../../job-of.ts';
import { runOf } from '../../run-of.ts';

const judged = runOf(4, { settings: { verdicts: 'attract' } });
const training = jobOf(7, { kind: 'train', state: 'done', run: 4 });

function newWindow(otherTraining: JobStatus | null = null) {
  const pages = new Pages();
  const asked = new AskedFor(() => ({ run: 1, anchor: null, page: pages.current }));
  const jobs = { liveOf: () => otherTraining, list: [] };
  return {
    ...{ pages, asked, jobs, notices: new Notices() },
    pay: new PayState(() => jobs as never),
    comparison: { tab: 'runs' as 'runs' | 'pair' | 'pay' },
  };
}

type TestWindow = ReturnType<typeof newWindow>;

async function startFrom(page: 'train' | 'review', window: TestWindow): Promise<void> {
  window.pages.go(page);
  await window.asked.while('train', () => Promise.resolve({ job: 7 }));
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each(['train', 'review'] as const)(
  'opens by itself on the %s page, where the training was started',
  async (page) => {
    const window = newWindow();
    await startFrom(page, window);
    tellPay(window, training, judged);
    expect(window.pages.current).toBe('compare');
    expect(window.comparison.tab).toBe('pay');
    expect(window.pay.run).toBe(4);
    expect(window.notices.list).toEqual([]);
  },
);

it.each<[string, (window: TestWindow) => void]>([
  ['who went to another page', ({ pages }) => pages.go('explore')],
  ['who pressed a key just now', ({ pages }) => pages.notePress()],
])('tells one %s by a notice with a link', async (_, change) => {
  const window = newWindow();
  await startFrom('review', window);
  change(window);
  const before = window.pages.current;
  tellPay(window, training, judged);
  expect(window.pages.current).toBe(before);
  const [notice] = window.notices.list;
  expect(notice).toMatchObject({ text: '“run 4” is trained with verdicts.' });
  notice!.action!.run();
  expect([window.pages.current, window.comparison.tab]).toEqual(['compare', 'pay']);
});

it('waits for the press to be some seconds ago, and for the last of several seeds', async () => {
  const window = newWindow();
  await startFrom('train', window);
  window.pages.notePress();
  vi.advanceTimersByTime(5001);
  tellPay(window, training, judged);
  expect(window.pages.current).toBe('compare');

  const series = newWindow(jobOf(8, { kind: 'train', state: 'queued' }));
  await startFrom('train', series);
  tellPay(series, training, judged);
  expect(series.pages.current).toBe('train');
  expect(series.notices.list).toHaveLength(1);
});

it('does not open for a training that another window or the command line started', () => {
  const window = newWindow();
  window.pages.go('train');
  tellPay(window, training, judged);
  expect(window.pages.current).toBe('train');
  expect(window.notices.list).toHaveLength(1);
});

it('says nothing of a training without verdicts, or one that failed', async () => {
  const window = newWindow();
  await startFrom('train', window);
  tellPay(window, training, runOf(4, { settings: { verdicts: 'ignore' } }));
  tellPay(window, jobOf(7, { kind: 'train', state: 'failed', run: 4 }), judged);
  expect(window.pages.current).toBe('train');
  expect(window.notices.list).toEqual([]);
});

it('finds what the command line measured of a run by its name', () => {
  const pay = (input: object) =>
    jobOf(9, { kind: 'pay', state: 'done', input, result: { pairs: 1 } });
  const measured = (input: object) => {
    const state = new PayState(() => ({ list: [pay(input)] }) as never);
    return state.resultOf(judged);
  };
  expect(measured({ run: 4 })).toEqual({ pairs: 1 });
  expect(measured({ run: judged.name })).toEqual({ pairs: 1 });
  expect(measured({ run: 5 })).toBeNull();
  expect(measured({ run: 4, against: 2 })).toBeNull();
});
