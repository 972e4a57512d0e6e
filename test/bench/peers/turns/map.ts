import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layoutMap } from '../../../../src-main/engine/map/layout-map.ts';
import { exactNeighbours } from '../../../../src-main/engine/neighbours/exact-neighbours.ts';
import { limitThreads } from '../../../../src-main/engine/threads/compute-limits.ts';
import { readVectors } from '../vector-file.ts';
import { printTurn, turnInput } from './turn-process.ts';

const { folder, size } = turnInput();
limitThreads(size('threads'));
const vectors = readVectors(folder);
const rows = { vectors, count: size('points'), dimensions: size('dimensions') };
const parameters = { neighbours: size('neighbours'), epochs: size('epochs'), seed: 1 };
const start = performance.now();
// A point is its own first neighbour, as umap-learn counts them.
const neighbours = await exactNeighbours({ ...rows, k: parameters.neighbours - 1 });
const map = await layoutMap({ ...rows, neighbours, parameters });
const all = (performance.now() - start) / 1000;
// The peer measures the trustworthiness of both maps by the same code.
writeFileSync(join(folder, 'ours.f32'), map);
printTurn({ all });
