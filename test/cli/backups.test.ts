import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emojiFolder } from '../contract/engine-shells.ts';
import { temporaryFolder } from '../engine/store/temporary-library.ts';
import { jsonError, parsed, runCli } from './run-cli.ts';

it(
  'a library is backed up, damaged, restored and scanned again by commands',
  { timeout: 120_000 },
  async () => {
    const home = temporaryFolder();
    const pictures = join(home, 'pictures');
    cpSync(join(emojiFolder, 'sky-weather'), pictures, { recursive: true });
    const library = join(home, 'mine.sqlite');
    const run = (...args: string[]) => runCli(home, [...args, '--library', library]);
    expect((await run('scan', pictures)).code).toBe(0);
    const names = ['1f300__fluent-emoji-flat.png', '1f300__noto.png'];
    for (const name of names) expect(existsSync(join(pictures, name))).toBe(true);
    expect((await run('verdict', '--pair', ...names, '--verdict', 'same')).code).toBe(0);
    const listed = await run('backups');
    expect(listed.stdout).toMatch(/made +verdicts +labels +runs +kB +file\n.* UTC +1 +0 +0 /);
    const copied = await run('backup', 'whole.sqlite');
    expect(copied.stdout).toMatch(/^Copied and checked: .*whole\.sqlite, [\d.]+ MB\n$/);
    expect((await run('backup', 'whole.sqlite')).stderr).toContain('is there already');
    // The first page is gone.
    const bytes = readFileSync(library);
    writeFileSync(library, Buffer.concat([Buffer.alloc(4096), bytes.subarray(4096)]));
    expect(jsonError(await run('runs', '--json'))).toMatchObject({
      error: {
        code: 'library-damaged',
        message: expect.stringContaining('restore a backup of it') as string,
      },
    });
    const restored = await run('restore');
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    expect(restored.stdout).toMatch(
      / 1 verdicts, 0 labels and marks, 0 runs\.\nWhat was there is kept: .*\.damaged-.*\.sqlite\nNext: negatoscope scan /,
    );
    const scanned = parsed(await run('scan', pictures, '--json'));
    expect(scanned).toMatchObject({ skipped: [] });
    expect(parsed(await run('verdicts', '--json'))).toMatchObject({
      verdicts: [{ verdict: 'same' }],
    });
    expect((await run('restore', 'whole.sqlite')).stdout).toContain(' 1 verdicts');
    expect((await run('restore', 'no-such.sqlite')).stderr).toContain('There is no backup');
  },
);
