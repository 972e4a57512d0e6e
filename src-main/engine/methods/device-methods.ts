import type { DeviceReport } from '../../contract/devices.ts';
import type { MethodsOf } from './method-handlers.ts';

export function deviceMethods(): MethodsOf<'devices'> {
  let reports: Promise<DeviceReport[]> | null = null;
  return {
    // Trying each device takes seconds, and none comes or goes while the engine runs.
    'devices.list': () => (reports ??= listDevices()),
  };
}

/** ONNX Runtime is loaded when it is asked for. */
async function listDevices(): Promise<DeviceReport[]> {
  const devices = await import('../compute/devices.ts');
  return await devices.listDevices();
}
