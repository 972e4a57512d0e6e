import { describe, expect, it } from 'vitest';
import { withoutPaths } from '../../../src-main/desktop/diagnostics/without-paths.ts';

const known = {
  app: ['/opt/Negatoscope/resources/app.asar'],
  own: ['/home/anna', '/mnt/disk/My Summer Pictures', 'C:\\Users\\Anna', 'holiday.sqlite'],
  names: ['my cat 1.png'],
};
const clean = (text: string): string => withoutPaths(text, known);

describe('a log without paths', () => {
  it.each([
    ['Opened /home/anna/pictures/cat.png.', 'Opened <path>.'],
    ['the folder /mnt/disk/My Summer Pictures is gone', 'the folder <path> is gone'],
    ['C:\\Users\\Anna\\cats\\a.png was skipped', '<path> was skipped'],
    ['D:\\other\\b was skipped', '<path> was skipped'],
    ['\\\\server\\share\\secret was skipped', '<path> was skipped'],
    ['C:/Users/Anna/cats was skipped', '<path> was skipped'],
    ['~/cats was skipped', '<path> was skipped'],
    ['"/srv/a b c/d e" is no library', '"<path>" is no library'],
    ['“my holiday/cat” and “fine”', '“<path>” and “fine”'],
    ['my cat 1.png and cat.JPEG and holiday.sqlite', '<path> and <path> and <path>'],
    ['/srv/my pictures/cat 2.png is broken', '<path> is broken'],
    ['reading cats/persian/a.webp took 3 s', 'reading <path> took 3 s'],
    ['at http://127.0.0.1:4000/#token=s3cret now', 'at <path> now'],
    ['file:///home/anna/x.txt', '<path>'],
  ])('%s', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it('keeps what a report is read for', () => {
    const text = [
      '[2026-11-29 21:44:00.123] [info]  Negatoscope 0.1.0, Electron 45.4.1',
      'The engine ended with exit code 1 after 3/4 of a step, and/or by SIGKILL.',
      'Error: 12 ms/step on cpu (onnxruntime-node 1.30), 3.5 GB',
    ].join('\n');
    expect(clean(text)).toBe(text);
  });

  it('keeps the places of the app’s own files', () => {
    const text = 'at open (file:///opt/Negatoscope/resources/app.asar/out/main/main.js:12:5)';
    expect(clean(text)).toBe('at open (<app>/out/main/main.js:12:5)');
  });

  it('leaves no part of many paths in many lines', () => {
    const secrets = ['anna', 'persian', 'tabby', 'Summer'];
    const lines = [
      "Error: ENOENT: no such file or directory, open '/home/anna/cats/persian tabby/x y.png'",
      '{"file":"/home/anna/tabby.png","folder":"C:\\\\Users\\\\Anna\\\\persian"}',
      'copied /home/anna/persian/tabby.png -> /mnt/disk/My Summer Pictures/tabby.png',
      'path=/home/anna/persian,/home/anna/tabby',
    ];
    const text = clean(lines.join('\n')).toLowerCase();
    expect(secrets.filter((secret) => text.includes(secret.toLowerCase()))).toEqual([]);
    expect(text.split('\n')).toHaveLength(4);
  });

  it('cuts a line so long that it would take seconds, with a path at the cut', () => {
    const before = performance.now();
    const text = clean(`${'a'.repeat(990)} /home/anna/cats.png ${'b'.repeat(50_000)}\nthe next`);
    expect(performance.now() - before).toBeLessThan(1000);
    expect(text).toBe(`${'a'.repeat(990)} <path> …\nthe next`);
  });
});
