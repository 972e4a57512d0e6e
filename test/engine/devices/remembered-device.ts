import { onTestFinished } from 'vitest';
import { knownDevices, rememberDevices } from '../../../src-main/engine/devices/known-devices.ts';

/** Makes `auto` mean a device in this test, as if it had been tried and was the fastest. */
export function rememberDevice(name: string): void {
  const before = knownDevices() ?? [];
  const known = { name, available: true, chosen: true, reason: 'It is imitated.', selfTest: null };
  rememberDevices([{ ...known, millisecondsPerStep: 1 }]);
  onTestFinished(() => rememberDevices(before));
}
