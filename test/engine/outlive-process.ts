import { setTimeout } from 'node:timers/promises';
import { EngineEvents } from '../../src-main/engine/session/engine-events.ts';
import { toErrorReport } from '../../src-main/contract/errors/errors.ts';
import { outliveErrors } from '../../src-main/engine/outlive-errors.ts';

// A process with errors that nothing catches; prints what its clients were told, and what was logged.
const events = new EngineEvents();
const tellFault = (error: unknown): void => events.emit('fault', toErrorReport(error));
const logged: string[] = [];
outliveErrors({ tellFault }, (text) => logged.push(text.split('\n')[0] ?? ''));
const told: string[] = [];
events.on('fault', ({ message }) => told.push(message));
events.on('library', () => {
  throw new TypeError('a listener of ours');
});
setImmediate(() => {
  throw new Error('a timer');
});
void Promise.reject(new RangeError('a promise'));
events.emit('library', {});
await setTimeout(100);
// One that fails again when it is told is asked no more.
events.on('fault', () => {
  throw new Error('a listener of faults');
});
events.guard(() => tellFault(new Error('the last one')));
await setTimeout(100);
process.stdout.write(JSON.stringify({ told, logged }));
