import type { DeviceReport } from '../../contract/devices.ts';
import type { MethodsOf } from './method-handlers.ts';

export function deviceMethods(): MethodsOf<'devices'> {
  let reports: Promise<DeviceReport[]> | null = null;
  return { 'devices.list': () => (reports ??= listDevicesInWorker()) };
}
async function listDevicesInWorker(): Promise<DeviceReport[]> {
  const { listDevices } = await import('../compute/devices.ts');
  return listDevices();
}
