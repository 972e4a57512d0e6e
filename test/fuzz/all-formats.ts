import type { FuzzFormat } from './fuzz-format.ts';

/** Imported only when they are wanted: each brings its part of the engine. */
const formats: Readonly<Record<string, () => Promise<FuzzFormat>>> = {
  npy: async () => (await import('./formats/npy.ts')).npyFormat,
  npz: async () => (await import('./formats/npz.ts')).npzFormat,
  safetensors: async () => (await import('./formats/safetensors.ts')).safetensorsFormat,
  csv: async () => (await import('./formats/text-tables.ts')).csvFormat,
  jsonl: async () => (await import('./formats/text-tables.ts')).jsonLinesFormat,
  json: async () => (await import('./formats/text-tables.ts')).jsonFormat,
  verdicts: async () => (await import('./formats/verdicts.ts')).verdictsFormat,
  labels: async () => (await import('./formats/labels.ts')).labelsFormat,
  recorder: async () => (await import('./formats/recorder.ts')).recorderFormat,
  preprocessing: async () => (await import('./formats/preprocessing.ts')).preprocessingFormat,
  parquet: async () => (await import('./formats/parquet.ts')).parquetFormat,
  onnx: async () => (await import('./formats/onnx.ts')).onnxFormat,
  tfjs: async () => (await import('./formats/tfjs.ts')).tfjsFormat,
  'text-tower': async () => (await import('./formats/text-tower.ts')).textTowerFormat,
  library: async () => (await import('./formats/library.ts')).libraryFormat,
  rpc: async () => (await import('./formats/rpc.ts')).rpcFormat,
  http: async () => (await import('./formats/http.ts')).httpFormat,
};

export const formatNames: readonly string[] = Object.keys(formats);

/** The format of a name. @throws Error where there is none */
export async function formatNamed(name: string): Promise<FuzzFormat> {
  const load = formats[name];
  if (load === undefined) throw new Error(`There is no format ${name}.`);
  return await load();
}
