import { listSupportedBackends } from 'onnxruntime-node';
import type { MissingPart } from '../../contract/devices.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import { onnxDevices } from '../graph/compile-program.ts';
import { rememberDevices, knownDevices } from './known-devices.ts';
import type { DeviceReport } from './known-devices.ts';
import { preferredDevice } from './preferred-device.ts';
import { probeDevice } from './probe-device.ts';
import { missingCuda, missingTensorFlow, tensorFlowPlaces } from './tensorflow-parts.ts';

export interface DeviceChoice {
  readonly device: string;
  /** One sentence for the user. */
  readonly reason: string;
}

const titles: Readonly<Record<string, string>> = {
  cpu: 'ONNX Runtime on the processor',
  webgpu: 'ONNX Runtime on WebGPU',
  dml: 'ONNX Runtime on DirectML',
  coreml: 'ONNX Runtime on CoreML',
  cuda: 'ONNX Runtime on CUDA',
  tensorflow: 'TensorFlow with CUDA (@tensorflow/tfjs-node-gpu)',
};

/** Every name that `chooseDevice` takes, except 'auto'. */
export const deviceNames: readonly string[] = Object.keys(titles);

/** What is known to be missing of a device before it is tried. */
interface Obstacle {
  readonly reason: string;
  readonly missing?: MissingPart[];
}

/** Why a device cannot even be tried here, or undefined. */
function obstacleTo(device: string): Obstacle | undefined {
  const title = titles[device] ?? device;
  if (onnxDevices.includes(device)) {
    const isBuilt = listSupportedBackends().some(({ name }) => name === device);
    if (isBuilt) return undefined;
    return { reason: `${title} is not part of ONNX Runtime for ${process.platform}.` };
  }
  const places = tensorFlowPlaces();
  const unloadable = missingTensorFlow(places);
  if (unloadable.length === 0) return undefined;
  const missing = [...unloadable, ...missingCuda(places)];
  return { reason: `${title} lacks ${partNames(missing)}.`, missing };
}

function partNames(missing: readonly MissingPart[]): string {
  return missing.map(({ what }) => what).join('; ');
}

/** Why a device failed that was tried. */
function failureOf(device: string, message: string): Obstacle {
  const reason = `${titles[device] ?? device} cannot be used: ${readable(message)}`;
  const missing = device === 'tensorflow' ? [...missingCuda(tensorFlowPlaces())] : [];
  if (missing.length === 0) return { reason: `${reason}.` };
  return { reason: `${reason}; it lacks ${partNames(missing)}.`, missing };
}

/** The end of an ONNX Runtime message, without the source file and the condition at its beginning. */
function readable(message: string): string {
  const [, ending = message] = /was false\. (.*)$/s.exec(message) ?? [];
  return ending.trim().replace(/\.$/, '');
}

async function examine(device: string): Promise<DeviceReport> {
  const none = { name: device, chosen: false, millisecondsPerStep: null, selfTest: null };
  const obstacle = obstacleTo(device);
  if (obstacle) return { ...none, available: false, ...obstacle };
  const result = await probeDevice(device);
  if ('error' in result) {
    return { ...none, available: false, ...failureOf(device, result.error.message) };
  }
  const { selfTest } = result;
  const { passed, maxError, millisecondsPerStep } = selfTest;
  const reason = passed
    ? `${titles[device] ?? device} passes the self-test.`
    : `${titles[device] ?? device} differs from the processor by ${maxError.toPrecision(2)} in the self-test.`;
  return { ...none, available: passed, reason, millisecondsPerStep, selfTest };
}

let trying: Promise<readonly DeviceReport[]> | undefined;

/**
 * Every device, with whether it can be used and why; the preferred one is chosen where it can be used,
 * else the fastest one that passes its self-test. The devices are tried once in a process.
 */
export async function listDevices(): Promise<readonly DeviceReport[]> {
  const known = knownDevices();
  if (known !== null) return known;
  const found = await (trying ??= tryDevices());
  rememberDevices(found);
  return found;
}

async function tryDevices(): Promise<readonly DeviceReport[]> {
  const reports: DeviceReport[] = [];
  // One after the other: each is timed, and two at once would slow each other down.
  for (const device of deviceNames) reports.push(await examine(device));
  const fastest = reports
    .filter(({ available }) => available)
    .sort((a, b) => (a.millisecondsPerStep ?? 0) - (b.millisecondsPerStep ?? 0))[0];
  const preferred = reports.find(({ name, available }) => available && name === preferredDevice());
  return reports.map((report) => {
    if (report === preferred) {
      return {
        ...report,
        chosen: true,
        reason: `${titles[report.name] ?? report.name} is preferred.`,
      };
    }
    if (preferred || report !== fastest) return report;
    const time = (report.millisecondsPerStep ?? 0).toPrecision(2);
    const reason = `${titles[report.name] ?? report.name} is the fastest that passes the self-test (${time} ms a step).`;
    return { ...report, chosen: true, reason };
  });
}

async function chooseByItself(): Promise<DeviceChoice> {
  if (preferredDevice() === 'cpu') return { device: 'cpu', reason: 'The processor is preferred.' };
  const chosen = (await listDevices()).find((report) => report.chosen);
  if (chosen) return { device: chosen.name, reason: chosen.reason };
  throw new EngineError(
    'device-unavailable',
    'No compute device passes its self-test, not even the processor; the installation of onnxruntime-node is broken.',
  );
}

/**
 * The device for a request; for 'auto', the preferred one where it can be used, else the fastest that
 * passes its self-test, which is found once in a process.
 * @throws EngineError device-unavailable saying why
 */
export async function chooseDevice(wanted: string): Promise<DeviceChoice> {
  if (wanted === 'auto') return await chooseByItself();
  if (wanted === 'cpu') return { device: 'cpu', reason: 'The processor was asked for.' };
  const known = knownDevices()?.find(({ name }) => name === wanted);
  if (!known && !deviceNames.includes(wanted)) {
    throw new EngineError(
      'device-unavailable',
      `There is no device '${wanted}'; there are auto, ${deviceNames.join(', ')}.`,
    );
  }
  const report = known ?? (await examine(wanted));
  if (!report.available) {
    const sentence = `${report.reason} Leave the device at auto to train on what is here.`;
    throw new EngineError('device-unavailable', sentence);
  }
  return { device: wanted, reason: `${titles[wanted] ?? wanted} was asked for.` };
}
