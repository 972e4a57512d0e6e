/**
 * `on-device.ts DEVICE`: computes every golden case in float32 on a device, and prints what differs from
 * the files as a JSON list. A program of its own, because a bad driver may take its process with it.
 */
import { float32Problems, wantedOf } from './float32-check.ts';
import { casesOf } from './golden-cases.ts';
import { goldenFamilies } from './golden-families.ts';

const [device = 'cpu'] = process.argv.slice(2);
const problems: string[] = [];
for (const golden of casesOf(...Object.keys(goldenFamilies))) {
  for (const loss of goldenFamilies[golden.objective]?.(golden) ?? []) {
    problems.push(...(await float32Problems(golden, loss, device, wantedOf(golden, loss))));
  }
}
console.log(JSON.stringify(problems));
