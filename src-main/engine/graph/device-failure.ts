import { EngineError } from '../../contract/errors/errors.ts';
import type { Program } from './program.ts';

/** A device other than the processor failed while it computed: out of memory, lost, or its driver's error. */
export class DeviceFailure extends EngineError {
  readonly device: string;
  /** What the device said, in one line without the full stop. */
  readonly reason: string;

  constructor(device: string, cause: unknown) {
    const [line = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    const reason = line.trim().replace(/\.$/, '');
    super(
      'device-unavailable',
      `The device ${device} failed: ${reason}. Choose the device cpu; a training whose device is auto goes on there by itself.`,
      { cause },
    );
    this.device = device;
    this.reason = reason;
  }
}

/** Names the device in the errors of work on it; our own errors, of what is asked of it, stay as they are. */
export async function onDevice<Result>(
  device: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (device === 'cpu' || error instanceof EngineError) throw error;
    throw new DeviceFailure(device, error);
  }
}

/** A program whose failing runs name its device. */
export function namingItsDevice(program: Program): Program {
  if (program.device === 'cpu') return program;
  return {
    device: program.device,
    run: (feeds) => onDevice(program.device, async () => program.run(feeds)),
    writeState: (values) => program.writeState(values),
    readState: () => program.readState(),
    dispose: () => program.dispose(),
  };
}
