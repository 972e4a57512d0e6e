import { setTimeout } from 'node:timers/promises';
import { DecodePool } from '../../src-main/engine/pictures/decode-pool.ts';

// A process that may crash: ends pools of decoding threads so many milliseconds after their start as
// each parameter says, and tells when a pool has ended.
const [file = '', ...delays] = process.argv.slice(2);
for (const delay of delays) {
  const pool = new DecodePool(file, 3);
  await setTimeout(Number(delay));
  await pool.close();
  process.stdout.write(`${delay}\n`);
}
