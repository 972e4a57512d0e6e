import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainAfterMap } from '../../explain.ts';
import { printTurn, turnInput } from './turn-process.ts';

const { folder } = turnInput();
// A library of its own: what a turn leaves in it is not there for the next one.
const file = join(mkdtempSync(join(tmpdir(), 'library-')), 'library.sqlite');
copyFileSync(join(folder, 'library.sqlite'), file);
printTurn({ first: await explainAfterMap(file) });
