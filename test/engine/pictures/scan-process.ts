import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { scan } from './scan.ts';

// A scan in a second process, for the tests. Arguments: library file, folder, and after how many
// files to say so on standard output, or a user to become first.
const [file = '', folder = '', count = '0', user = ''] = process.argv.slice(2);
if (user === 'nobody' && process.getuid?.() === 0) process.setuid?.(65534);
const library = openLibrary(file, { mode: 'write', now: Date.now });
try {
  const result = await scan(library, folder, {
    onProgress: ({ done }) => {
      if (done === Number(count)) process.stdout.write('reached\n');
    },
  });
  process.stdout.write(`${JSON.stringify(result)}\n`);
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  process.stdout.write(`${JSON.stringify({ code, message })}\n`);
}
library.close();
