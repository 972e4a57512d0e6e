import { describe, expect, it } from 'vitest';
import { latestOnly } from '../../../src-renderer/connection/latest-only.ts';

/** Requests that are answered when the test says so. */
function openRequests() {
  const asked: string[] = [];
  const received: string[] = [];
  const answers = new Map<string, PromiseWithResolvers<string>>();
  const call = latestOnly(
    (input: string) => {
      asked.push(input);
      const answer = Promise.withResolvers<string>();
      answers.set(input, answer);
      return answer.promise;
    },
    (output) => received.push(output),
  );
  return { asked, received, call, of: (input: string) => answers.get(input)! };
}

describe('latestOnly', () => {
  it('sends one request at a time, and of those that wait only the newest', async () => {
    const { asked, received, call, of } = openRequests();
    void call('a');
    void call('b');
    const last = call('c');
    expect(asked).toEqual(['a']);
    of('a').resolve('A');
    await expect.poll(() => asked).toEqual(['a', 'c']);
    of('c').resolve('C');
    await last;
    expect(received).toEqual(['C']);
  });

  it('sends what is asked for in the same moment as the last one ends', async () => {
    for (let turns = 0; turns < 8; turns++) {
      const { asked, call, of } = openRequests();
      void call('a');
      of('a').resolve('A');
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      void call('b');
      await expect.poll(() => asked, { timeout: 1000 }).toEqual(['a', 'b']);
    }
  });

  it('goes on with the newest where an older one failed', async () => {
    const { received, call, of } = openRequests();
    void call('a');
    const last = call('b');
    of('a').reject(new Error('no such file'));
    await expect.poll(() => of('b')).toBeDefined();
    of('b').resolve('B');
    await last;
    expect(received).toEqual(['B']);
  });

  it('rejects with the error of the newest, and answers the one after it', async () => {
    const { received, call, of } = openRequests();
    const failing = call('a');
    of('a').reject(new Error('no such file'));
    await expect(failing).rejects.toThrow('no such file');
    const next = call('b');
    of('b').resolve('B');
    await next;
    expect(received).toEqual(['B']);
  });

  it('forgets an answer, or an error, that comes after it was dropped', async () => {
    const { received, call, of } = openRequests();
    const dropped = call('a');
    call.drop();
    of('a').resolve('A');
    await dropped;
    const failing = call('b');
    call.drop();
    of('b').reject(new Error('no such file'));
    await failing;
    expect(received).toEqual([]);
  });

  it('drops what waits too, and answers what is asked for after that', async () => {
    const { asked, received, call, of } = openRequests();
    void call('a');
    void call('b');
    call.drop();
    const last = call('c');
    of('a').resolve('A');
    await expect.poll(() => asked).toEqual(['a', 'c']);
    of('c').resolve('C');
    await last;
    expect(received).toEqual(['C']);
  });

  it('stays usable where a request throws before it is sent', async () => {
    const received: number[] = [];
    let isConnected = false;
    const call = latestOnly(
      (input: number) => {
        if (!isConnected) throw new Error('not connected');
        return Promise.resolve(input);
      },
      (output) => received.push(output),
    );
    await expect(call(1)).rejects.toThrow('not connected');
    isConnected = true;
    await call(2);
    expect(received).toEqual([2]);
  });
});
