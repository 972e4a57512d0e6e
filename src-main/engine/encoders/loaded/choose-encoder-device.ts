import { EngineError } from '../../../contract/errors/errors.ts';
import type { EncoderDescription, EncoderSelfTest } from '../../../contract/loaded-encoders.ts';
import { onnxDevices } from '../../graph/compile-program.ts';
import { chooseDevice, listDevices } from '../../devices/choose-device.ts';
import { preferredDevice } from '../../devices/preferred-device.ts';
import { testEncoder } from './self-test.ts';
import type { SelfTestOutcome } from './self-test.ts';

interface DeviceTest {
  readonly description: EncoderDescription;
  /** 'auto', or a device's name. */
  readonly wanted: string;
  readonly pictures: Uint8Array;
  readonly now: () => number;
  readonly yieldToEvents: () => Promise<void>;
}

/** The largest batch that is tried on a device; the processor is no faster with larger ones. */
const mostAtOnce = (device: string): number => (device === 'cpu' ? 16 : 64);

/**
 * The self-test of an encoder on the wanted device. For 'auto' it is tested on the processor and every
 * other usable device, and the result is that of the fastest device whose vectors agree with the
 * processor's.
 * @throws EngineError bad-encoder, device-unavailable
 */
export async function testOnDevices(request: DeviceTest): Promise<EncoderSelfTest> {
  const { description } = request;
  const isOnProcessor = request.wanted === 'auto' && preferredDevice() === 'cpu';
  const wanted = isOnProcessor ? 'cpu' : request.wanted;
  const test = (device: string, reference: SelfTestOutcome['encoded'] | null) =>
    testEncoder({ ...request, device, mostAtOnce: mostAtOnce(device), reference });
  if (wanted !== 'auto') {
    const { device, reason } = await chooseDevice(wanted);
    refuseOtherRuntime(description, device);
    const { selfTest } = await test(device, null);
    return { ...selfTest, deviceReason: reason };
  }
  const onProcessor = await test('cpu', null);
  let best = onProcessor.selfTest;
  const tried = ['the processor'];
  for (const { name, available } of await listDevices()) {
    if (!available || name === 'cpu' || !onnxDevices.includes(name)) continue;
    const outcome = await tested(() => test(name, onProcessor.encoded));
    if (outcome === null || !outcome.passed) continue;
    tried.push(name);
    if (outcome.selfTest.picturesPerSecond > best.picturesPerSecond) best = outcome.selfTest;
  }
  const deviceReason =
    tried.length === 1
      ? 'The processor is the only device here that can run it.'
      : `The fastest of ${tried.join(', ')} that agrees with the processor.`;
  return { ...best, deviceReason };
}

/** The outcome of a test; null if the device cannot run the encoder, because the processor can. */
async function tested(run: () => Promise<SelfTestOutcome>): Promise<SelfTestOutcome | null> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof EngineError && error.code !== 'cancelled') return null;
    throw error;
  }
}

function refuseOtherRuntime({ path }: EncoderDescription, device: string): void {
  if (onnxDevices.includes(device)) return;
  throw new EngineError(
    'device-unavailable',
    `${path} runs on ONNX Runtime's devices, not on ${device}.`,
  );
}
