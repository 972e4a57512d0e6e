import type { DeviceReport as ContractReport } from '../../contract/devices.ts';
import type { SelfTest } from './device-self-test.ts';

/** A device's entry for the contract, and the result of its self-test. */
export interface DeviceReport extends ContractReport {
  readonly selfTest: SelfTest | null;
}

let reports: readonly DeviceReport[] | null = null;

/**
 * The results of trying every device, or null before that. They belong to this thread: jobs pass them
 * on.
 */
export function knownDevices(): readonly DeviceReport[] | null {
  return reports;
}

/**
 * Remembers the results, because trying the devices takes seconds, and devices do not change while the
 * engine runs.
 */
export function rememberDevices(found: readonly DeviceReport[]): void {
  reports = found;
}
