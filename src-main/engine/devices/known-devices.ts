import type { DeviceReport } from './devices.ts';

let reports: readonly DeviceReport[] | null = null;

/** What trying every device showed; null until that was done. Of this thread: jobs hand it on. */
export function knownDevices(): readonly DeviceReport[] | null {
  return reports;
}

/** Trying each device takes seconds, and none comes or goes while the engine runs. */
export function keepDevices(found: readonly DeviceReport[]): void {
  reports = found;
}
