import { placeOperators } from '../../../src-main/engine/graph/operator-placement.ts';
import { recordGraph } from '../../../src-main/engine/graph/trace.ts';
import { peerTrainStepSpec } from '../../bench/train-step-spec.ts';
import { narrowResnet } from '../graph/narrow-resnet.ts';

// A process of its own, because the driver is found by its environment.
const [, , folder = ''] = process.argv;
const spec = peerTrainStepSpec(narrowResnet(8), 3, 16);
const operators = await placeOperators(spec, 'webgpu', folder);
const nodes = recordGraph(spec).nodes.map(({ operator }) => operator);
process.stdout.write(JSON.stringify({ operators, nodes }));
