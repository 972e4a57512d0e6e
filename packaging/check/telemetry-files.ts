import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The files below a home in which ONNX Runtime keeps the device's number and events that it is to send. */
export function telemetryFiles(home: string): string[] {
  return readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((file) => ['deviceid', 'onnxruntime.db'].includes(basename(file)))
    .map((file) => join(home, file));
}
