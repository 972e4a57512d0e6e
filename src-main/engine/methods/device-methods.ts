import type { DeviceReport } from '../../contract/devices.ts';
import type { MethodsOf } from './method-handlers.ts';

export function deviceMethods(): MethodsOf<'devices'> {
  return {
    'devices.list': () => listDevices(),
  };
}

/** ONNX Runtime is loaded when it is asked for. */
async function listDevices(): Promise<DeviceReport[]> {
  const devices = await import('../devices/devices.ts');
  return [...(await devices.listDevices())];
}
