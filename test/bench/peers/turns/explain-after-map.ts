import { explainAfterMap } from '../../explain.ts';
import { ownLibrary } from './quiet-engine.ts';
import { printTurn, turnInput } from './turn-process.ts';

const { folder } = turnInput();
printTurn({ first: await explainAfterMap(ownLibrary(folder)) });
