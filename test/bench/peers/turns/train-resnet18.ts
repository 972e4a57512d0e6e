import { printTrainStep } from './train-step-turn.ts';

await printTrainStep('resnet18');
