import type { DeviceReport, StepPlacement } from '../../contract/devices.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on devices. */
export function deviceMethods(modelFolder: string): MethodsOf<'devices'> {
  return {
    'devices.list': () => listDevices(),
    'devices.explain': () => explainDevices(modelFolder),
  };
}

/** ONNX Runtime is loaded only when it is needed. */
async function listDevices(): Promise<DeviceReport[]> {
  const devices = await import('../devices/choose-device.ts');
  return [...(await devices.listDevices())];
}

async function explainDevices(modelFolder: string): Promise<StepPlacement[]> {
  const [{ placeSteps }, { onnxDevices }] = await Promise.all([
    import('../placement/place-steps.ts'),
    import('../graph/compile-program.ts'),
  ]);
  const placements: StepPlacement[] = [];
  for (const { name, available } of await listDevices()) {
    if (!available || !onnxDevices.includes(name)) continue;
    placements.push(...(await placeSteps(name, modelFolder)));
  }
  return placements;
}
