import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { processorBlock } from './channel-block.ts';
import type { Program, ProgramSpec } from './program.ts';
import { traceToOnnx } from './trace.ts';
import type { TracedModel } from './trace.ts';
import { emptyArray, openSession, openTraced, toTensor } from './traced-program.ts';
import type { SessionSettings } from './traced-program.ts';

interface TracingSettings extends SessionSettings {
  /** As the `GraphRecorder` has it; that of this processor where left out. Others than the cpu have none. */
  readonly channelBlock?: number;
}

/**
 * Traces a program and loads it into ONNX Runtime. A run blocks the calling thread, so long ones belong
 * in a worker thread.
 * @throws EngineError unsupported-operation, and ONNX Runtime's own errors
 */
export async function createOnnxProgram(
  spec: ProgramSpec,
  device: string,
  settings: TracingSettings,
): Promise<Program> {
  return await openTraced(spec, await traceFor(spec, settings), device, settings);
}

/**
 * The session of a program as it is run, which writes a profile to a file of that beginning; with zeros
 * for every input.
 * @throws EngineError unsupported-operation, and ONNX Runtime's own errors
 */
export async function openProfiled(
  spec: ProgramSpec,
  settings: TracingSettings,
  profilePrefix: string,
): Promise<{ readonly session: InferenceSession; readonly zeros: Record<string, Tensor> }> {
  const traced = await traceFor(spec, settings);
  const session = await openSession(traced.model, settings, {
    enableProfiling: true,
    profileFilePrefix: profilePrefix,
  });
  const zeros = traced.inputs.map((value) => [value.name, toTensor(value, emptyArray(value))]);
  return { session, zeros: Object.fromEntries(zeros) as Record<string, Tensor> };
}

/** Traces a program for a provider. @throws EngineError unsupported-operation */
export async function traceFor(
  spec: ProgramSpec,
  { provider, channelBlock }: TracingSettings,
): Promise<TracedModel> {
  return traceToOnnx(spec, provider === 'cpu' ? (channelBlock ?? (await processorBlock())) : 0);
}
