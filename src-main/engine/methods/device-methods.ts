import type { DeviceReport } from '../../contract/devices.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on devices. */
export function deviceMethods(): MethodsOf<'devices'> {
  return {
    'devices.list': () => listDevices(),
  };
}

/** ONNX Runtime is loaded only when it is needed. */
async function listDevices(): Promise<DeviceReport[]> {
  const devices = await import('../devices/choose-device.ts');
  return [...(await devices.listDevices())];
}
