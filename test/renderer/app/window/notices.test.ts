import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import { Notices } from '../../../../src-renderer/app/window/notices.svelte.ts';

let notices: Notices;
beforeEach(() => {
  vi.useFakeTimers();
  notices = new Notices();
});
afterEach(() => vi.useRealTimers());

const texts = (): string[] => notices.list.map(({ text }) => text);

describe('news', () => {
  it('leaves by itself after six seconds, twenty where it can be answered', () => {
    notices.show('Written.');
    notices.show('Deleted.', { name: 'Undo', run: () => undefined });
    vi.advanceTimersByTime(5999);
    expect(texts()).toEqual(['Written.', 'Deleted.']);
    vi.advanceTimersByTime(1);
    expect(texts()).toEqual(['Deleted.']);
    vi.advanceTimersByTime(14_000);
    expect(texts()).toEqual([]);
  });

  it('stays while it is looked at, and then its whole time', () => {
    notices.show('Written.');
    const id = notices.list[0]?.id ?? 0;
    vi.advanceTimersByTime(5000);
    notices.hold(id);
    vi.advanceTimersByTime(60_000);
    expect(texts()).toEqual(['Written.']);
    notices.release(id);
    vi.advanceTimersByTime(5999);
    expect(texts()).toEqual(['Written.']);
    vi.advanceTimersByTime(1);
    expect(texts()).toEqual([]);
  });

  it('told again stands once, last, with a new time', () => {
    notices.show('Written.');
    vi.advanceTimersByTime(3000);
    notices.show('Deleted.');
    notices.show('Written.');
    expect(texts()).toEqual(['Deleted.', 'Written.']);
    vi.advanceTimersByTime(5999);
    expect(texts()).toEqual(['Deleted.', 'Written.']);
    vi.advanceTimersByTime(1);
    expect(texts()).toEqual([]);
  });
});

describe('an error', () => {
  it('stays until it is dismissed', () => {
    notices.fail(new EngineError('disk-full', 'The disk is full.'));
    vi.advanceTimersByTime(3_600_000);
    expect(notices.list).toMatchObject([{ kind: 'error', text: 'The disk is full.' }]);
    const id = notices.list[0]?.id ?? 0;
    notices.release(id);
    vi.advanceTimersByTime(3_600_000);
    expect(texts()).toEqual(['The disk is full.']);
    notices.dismiss(id);
    expect(texts()).toEqual([]);
  });

  it('is shown once, and in its own words whatever was thrown', () => {
    notices.fail(new EngineError('disk-full', 'The disk is full.'));
    notices.fail(new EngineError('disk-full', 'The disk is full.'));
    notices.fail(new TypeError('x is undefined'));
    notices.fail('a bare text');
    expect(texts()).toEqual(['The disk is full.', 'x is undefined', 'a bare text']);
  });

  it('is none where the user cancelled, or the page tells already that there is no engine', () => {
    notices.fail(new EngineError('cancelled', 'It was cancelled.'));
    notices.fail(new EngineError('disconnected', 'There is no connection.'));
    expect(texts()).toEqual([]);
  });
});

describe('an attempt', () => {
  it('gives what the work gives', async () => {
    expect(await notices.attempt(() => Promise.resolve(7))).toBe(7);
    expect(texts()).toEqual([]);
  });

  it('shows a failure instead of throwing it', async () => {
    const refuse = (): Promise<never> =>
      Promise.reject(new EngineError('not-found', 'There is no run 9.'));
    expect(await notices.attempt(refuse)).toBeNull();
    expect(texts()).toEqual(['There is no run 9.']);
    const fail = (): Promise<never> => {
      throw new Error('at once');
    };
    expect(await notices.attempt(fail)).toBeNull();
    expect(texts()).toEqual(['There is no run 9.', 'at once']);
  });
});

describe('what a notice is of', () => {
  it('is all taken away together, with the times of what would leave by itself', () => {
    notices.fail(new Error('The disk is full.'));
    notices.show('Written.');
    notices.clear();
    expect(texts()).toEqual([]);
    notices.show('Deleted.');
    vi.advanceTimersByTime(5999);
    expect(texts()).toEqual(['Deleted.']);
  });

  it('may be a topic, which is taken away by itself', () => {
    const action = { name: 'Choose…', run: () => undefined };
    notices.fail(new Error('A is gone.'), action, 'gone A');
    notices.fail(new Error('B is gone.'), action, 'gone B');
    notices.dismissTopic('gone A');
    expect(notices.list).toMatchObject([{ kind: 'error', text: 'B is gone.', action }]);
  });
});
