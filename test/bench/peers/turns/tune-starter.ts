import { compileProgram } from '../../../../src-main/engine/graph/compile-program.ts';
import { trainStepSpec } from '../../../../src-main/engine/training/step/train-step.ts';
import { tuningSteps } from '../tuning-plan.ts';
import { printTurn, turnInput } from './turn-process.ts';

const { folder, size } = turnInput();
const warmUp = 2;
const { plan, trained, frozen, secondsOfSteps } = await tuningSteps({
  ...{ folder, pictures: size('pictures'), side: size('side'), steps: warmUp + size('steps') },
});
const program = await compileProgram(trainStepSpec(plan.step), 'cpu', { threads: size('threads') });
const step = await secondsOfSteps(program, warmUp);
await program.dispose();
printTurn({ step }, { parameters: trained, frozen });
