import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readBundledPackages } from './bundled-packages.ts';
import { packedPackages } from './native-packages.ts';

interface NoticesOptions {
  readonly projectFolder: string;
  /** Where the app was built, with the lists of what its parts contain. */
  readonly builtFolder: string;
  /** The package of the Node that is shipped. */
  readonly nodeFolder: string;
  /** Electron's unpacked files. */
  readonly electronFolder: string;
}

const descriptionSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  author: z.union([z.string(), z.object({ name: z.string() })]).optional(),
});

const standardTexts = join(import.meta.dirname, 'licences');
const ruler = '='.repeat(80);

/**
 * The licences of everything that a package holds and that others made, as one text.
 * @throws Error naming a package whose licence is nowhere
 */
export function thirdPartyNotices(options: NoticesOptions): string {
  const { projectFolder, nodeFolder, electronFolder } = options;
  const human = join(projectFolder, 'node_modules/@vladmandic/human');
  const sections = [
    [
      'Negatoscope contains the work of others. Each part is named below, with its licence.',
      'Chromium’s parts, which are in Electron, have theirs in LICENSES.chromium.html.gz beside the app.',
    ].join('\n'),
    section('Electron', electronLicence(electronFolder)),
    section('Node.js', licenceFiles(nodeFolder)),
    section(
      'The starter encoder’s model: CenterNet with MobileNetV3, of @vladmandic/human',
      licenceFiles(human),
    ),
    section('SQLite, in better-sqlite3', 'SQLite is in the public domain.'),
    ...noticedPackages(options).map(packageSection),
    section('Libraries in libvips: LGPL-3.0 and GPL-3.0', standardText('LGPL-3.0-or-later')),
    section('Libraries in libvips: MPL-1.1 (cairo)', standardText('MPL-1.1')),
  ];
  return `${sections.join(`\n\n${ruler}\n`)}\n`;
}

/** The folders of the npm packages that are bundled, or packed as they are. */
function noticedPackages({ projectFolder, builtFolder }: NoticesOptions): string[] {
  const bundled = ['main', 'page', 'engine'].flatMap((part) =>
    readBundledPackages(join(builtFolder, `bundled/${part}.json`)),
  );
  const packed = packedPackages(projectFolder).map((name) =>
    join(projectFolder, 'node_modules', name),
  );
  return [...new Set([...bundled, ...packed])].sort();
}

function section(title: string, text: string): string {
  return `${title}\n${ruler}\n\n${text.trim()}`;
}

function packageSection(folder: string): string {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const { name, version, license, author } = descriptionSchema.parse(JSON.parse(text));
  const title = `${name} ${version} (${license})`;
  const kept = join(standardTexts, `${name.replaceAll('/', '+')}.txt`);
  const own = [
    licenceFiles(folder),
    licenceTable(folder),
    existsSync(kept) ? readFileSync(kept, 'utf8') : '',
  ].filter((part) => part !== '');
  if (own.length > 0) return section(title, own.join('\n\n'));
  const by = typeof author === 'object' ? author.name : author;
  const texts = license.split(/ AND /).map((id) => standardText(id, name));
  return section(title, [`By ${by ?? `the authors of ${name}`}`, ...texts].join('\n\n'));
}

function licenceFiles(folder: string): string {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  return files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
}

/** What libvips is made of is in its README only. */
function licenceTable(folder: string): string {
  const file = join(folder, 'README.md');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [table = ''] = /## Licensing\n(.*third-party libraries.*)/s.exec(text)?.slice(1) ?? [];
  return table;
}

function standardText(id: string, of = id): string {
  const file = join(standardTexts, `${id}.txt`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new Error(
    `The licence ${id} of ${of} has no text: add it as packaging/licences/${id}.txt.`,
  );
}

function electronLicence(folder: string): string {
  const file = ['LICENSE', 'LICENSE.electron.txt'].find((name) => existsSync(join(folder, name)));
  if (file === undefined) throw new Error(`Electron’s LICENSE is not in ${folder}.`);
  return readFileSync(join(folder, file), 'utf8');
}
