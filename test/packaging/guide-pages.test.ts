import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeGuidePages } from '../../packaging/guide-pages.ts';
import { temporaryFolder } from '../engine/store/temporary-library.ts';

const projectFolder = join(import.meta.dirname, '../..');

it('the guide of a package has every page, place and picture that it leads to, and no others', () => {
  const folder = join(temporaryFolder(), 'guide');
  const pages = writeGuidePages(projectFolder, folder);
  expect(pages).toEqual(expect.arrayContaining(['guide.html', 'formulas.html', 'GLOSSARY.html']));
  expect(pages).not.toContain('contributing.html');
  const text = Object.fromEntries(
    pages.map((page) => [page, readFileSync(join(folder, page), 'utf8')]),
  );
  const lost: string[] = [];
  let links = 0;
  for (const [page, html] of Object.entries(text)) {
    for (const [, address = ''] of html.matchAll(/<(?:a href|img src)="([^"]+)"/g)) {
      if (/^https?:/.test(address)) continue;
      links += 1;
      const [file = '', place] = address.split('#');
      const target = file === '' ? page : file;
      const isThere =
        existsSync(join(folder, target)) &&
        (place === undefined || text[target]?.includes(` id="${place}"`) === true);
      if (!isThere) lost.push(`${page}: ${address}`);
    }
    expect(html).not.toMatch(/\]\(/);
  }
  expect(lost).toEqual([]);
  expect(links).toBeGreaterThan(60);
});
