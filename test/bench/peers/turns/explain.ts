import { explainAnchors } from '../../explain.ts';
import { ownLibrary } from './quiet-engine.ts';
import { printTurn, turnInput } from './turn-process.ts';

const { folder } = turnInput();
printTurn({ ...(await explainAnchors(ownLibrary(folder))) });
