import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

// Every thread that is started later has this data too, and so have the threads that it starts.
const preferredKey = 'negatoscope.preferredDevice';

/** Says which device `auto` means in this thread and in those that it starts; 'auto' for the fastest. */
export function preferDevice(device: string): void {
  setEnvironmentData(preferredKey, device);
}

/** The device that `auto` means where it can be used; null for the fastest. */
export function preferredDevice(): string | null {
  const device = getEnvironmentData(preferredKey);
  return typeof device === 'string' && device !== 'auto' ? device : null;
}
