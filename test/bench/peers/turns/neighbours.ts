import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exactNeighbours } from '../../../../src-main/engine/neighbours/exact-neighbours.ts';
import { limitThreads } from '../../../../src-main/engine/threads/compute-limits.ts';
import { readVectors } from '../vector-file.ts';
import { printTurn, turnInput } from './turn-process.ts';

const { folder, size } = turnInput();
limitThreads(size('threads'));
const vectors = readVectors(folder);
const rows = { vectors, count: size('points'), dimensions: size('dimensions') };
const start = performance.now();
const { rows: found } = await exactNeighbours({ ...rows, k: size('k') });
const all = (performance.now() - start) / 1000;
// The peer counts which of them it found too.
writeFileSync(join(folder, 'ours.i32'), found);
printTurn({ all });
