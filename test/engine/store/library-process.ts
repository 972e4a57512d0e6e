import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { writeMeta } from '../../../src-main/engine/store/meta.ts';

// A second process for the tests: opens the library and says so on standard output.
// Arguments: file, mode, and what to do then: `hold`, or `write` without ever committing.
const [file = '', mode = 'write', task = 'hold', user = ''] = process.argv.slice(2);
if (user === 'nobody' && process.getuid?.() === 0) process.setuid?.(65534);
try {
  const library = openLibrary(file, { mode: mode as 'write' | 'read', now: Date.now });
  if (task === 'write') {
    library.db.exec('BEGIN IMMEDIATE');
    writeMeta(library, 'half', 'done');
  }
  process.stdout.write('open\n');
  setInterval(() => library.file, 1000);
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  process.stdout.write(`${JSON.stringify({ code, message })}\n`);
}
