import type { DeviceReport as ContractReport } from '../../contract/devices.ts';
import type { SelfTest } from './device-self-test.ts';

/** What the contract says of a device, and how its self-test went. */
export interface DeviceReport extends ContractReport {
  readonly selfTest: SelfTest | null;
}

let reports: readonly DeviceReport[] | null = null;

/** What trying every device showed; null until that was done. Of this thread: jobs hand it on. */
export function knownDevices(): readonly DeviceReport[] | null {
  return reports;
}

/** Trying each device takes seconds, and none comes or goes while the engine runs. */
export function rememberDevices(found: readonly DeviceReport[]): void {
  reports = found;
}
