import { commandLineOptions } from '../../../../src-main/cli/command-line-options.ts';
import { processorBatch } from '../../../../src-main/engine/encoders/starter/open-starter.ts';
import { starterPictureLength } from '../../../../src-main/engine/encoders/starter/starter-features.ts';
import { readStarterFiles } from '../../../../src-main/engine/encoders/starter/starter-files.ts';
import { createStarterProgram } from '../../../../src-main/engine/encoders/starter/starter-network.ts';
import { thisMachine } from '../machine.ts';
import { printTurn, turnInput } from './turn-process.ts';

// The model in ONNX Runtime, on ready tensors of the same batch.
const { size } = turnInput();
const { modelJson, weightBytes } = await readStarterFiles(commandLineOptions().modelFolder);
const program = await createStarterProgram(modelJson, weightBytes, processorBatch, 'cpu');
const images = new Uint8Array(processorBatch * starterPictureLength).map(
  (_, at) => (at * 97) % 251,
);
await program.run({ images });
const batches = Math.ceil(size('pictures') / processorBatch);
const start = performance.now();
for (let batch = 0; batch < batches; batch += 1) await program.run({ images });
const picture = (performance.now() - start) / 1000 / (batches * processorBatch);
await program.dispose();
printTurn(
  { picture },
  { picturesPerSecond: 1 / picture },
  `the model alone in ONNX Runtime ${thisMachine().onnxRuntime}`,
);
