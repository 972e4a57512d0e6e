import { answerApart } from './answer-apart.ts';
import { selfTestDevice } from './device-self-test.ts';

await answerApart(async ([device = '']) => ({ selfTest: await selfTestDevice(device) }));
