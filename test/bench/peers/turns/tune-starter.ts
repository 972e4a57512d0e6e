import { compileProgram } from '../../../../src-main/engine/graph/compile-program.ts';
import { trainStepSpec } from '../../../../src-main/engine/training/step/train-step.ts';
import { medianTrainStep } from '../../train-step.ts';
import { tuningSteps } from '../tuning-plan.ts';
import { printTurn, turnInput } from './turn-process.ts';

const { folder, size } = turnInput();
const [pictures, side, threads, steps] = ['pictures', 'side', 'threads', 'steps'].map(size) as [
  number,
  number,
  number,
  number,
];
const warmUp = 2;
const { plan, trained, frozen, secondsOfSteps } = await tuningSteps({
  ...{ folder, pictures, side, steps: warmUp + steps },
});
// What the peer does, no more and no less.
const { encoder } = plan.step;
const step = await medianTrainStep({ encoder, pictures, size: side, threads, steps });
const program = await compileProgram(trainStepSpec(plan.step), 'cpu', { threads });
const whole = await secondsOfSteps(program, warmUp);
await program.dispose();
printTurn({ step }, { parameters: trained, frozen, secondsWithViewsAndLedger: whole });
