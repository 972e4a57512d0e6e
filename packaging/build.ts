import { join } from 'node:path';
import { buildApp } from '../src-main/cli/build-app.ts';

/** Runs `npm run build`. */
await buildApp(join(import.meta.dirname, '..'), 'info');
