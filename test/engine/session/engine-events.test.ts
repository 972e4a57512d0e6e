import { expect, it, vi } from 'vitest';
import { EngineError } from '../../../src-main/contract/errors/errors.ts';
import type { ErrorReport } from '../../../src-main/contract/errors/errors.ts';
import { EngineEvents } from '../../../src-main/engine/session/engine-events.ts';

const full = new EngineError('library-full', 'The disk is full.');

it('a listener that throws keeps no other from its news, and every client is told', () => {
  const events = new EngineEvents();
  const heard: (string | ErrorReport)[] = [];
  events.on('library', () => {
    throw full;
  });
  events.on('library', () => heard.push('library'));
  events.on('fault', (report) => heard.push(report));
  events.emit('library', {});
  expect(heard).toEqual([{ code: 'library-full', message: 'The disk is full.' }, 'library']);
});

it('a listener that cannot be told of a fault is not told of that one, without end', () => {
  const events = new EngineEvents();
  let told = 0;
  events.on('fault', () => {
    told += 1;
    throw full;
  });
  const heard: ErrorReport[] = [];
  events.on('fault', (report) => heard.push(report));
  events.guard(() => {
    throw full;
  });
  expect(told).toBe(1);
  expect(heard.length).toBeGreaterThan(0);
});

it('a fault of ours is thrown once the present work is over, for who catches all', async () => {
  const events = new EngineEvents();
  const next = vi.spyOn(process, 'nextTick').mockImplementation(() => undefined);
  events.guard(() => {
    throw new TypeError('no such thing');
  });
  const [later] = next.mock.calls[0] as unknown as [() => void];
  next.mockRestore();
  expect(later).toThrow(new TypeError('no such thing'));
  await Promise.resolve();
});
