import { writeFileSync } from 'node:fs';
import { forEveryNode } from './for-every-node.ts';
import { lockFile, readLockFile } from './lock-file.ts';

/** `npm run lock`, after package.json was changed. */
writeFileSync(lockFile, `${JSON.stringify(forEveryNode(readLockFile()), null, 2)}\n`);
