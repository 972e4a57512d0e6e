import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { commandLineOptions } from '../../../src-main/cli/command-line-options.ts';
import type { TruthFigure, TruthSection } from './truth-figure.ts';
import { withFigures } from './truth-table.ts';

/**
 * `npm run bench:truth [-- --only NAME,NAME --library FILE --write]`: measures again, on the demo's
 * library, the numbers that a person reads beside the losses; prints JSON, or writes docs/truth.md.
 */
const sections: Record<string, () => Promise<TruthSection>> = {
  'own-picture': async () => (await import('./own-picture.ts')).ownPicture,
  views: async () => (await import('./views.ts')).viewsTruth,
  comparisons: async () => (await import('./comparisons.ts')).comparisonsSection,
  space: async () => (await import('./space.ts')).spaceSection,
  bins: async () => (await import('./bins.ts')).bins,
  suspicion: async () => (await import('./suspicion.ts')).suspicion,
  verdicts: async () => (await import('./verdicts.ts')).verdictsSection,
  protocols: async () => (await import('./protocols.ts')).protocols,
};

const { projectFolder } = commandLineOptions();
const demo = join(projectFolder, 'demo');
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    library: { type: 'string', default: join(demo, 'library.sqlite') },
    write: { type: 'boolean', default: false },
  },
});
const wanted = values.only?.split(',') ?? Object.keys(sections);
const unknown = wanted.filter((name) => !(name in sections));
if (unknown.length > 0) {
  console.error(`No section ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}.`);
  process.exit(2);
}

const measured: Record<string, readonly TruthFigure[]> = {};
for (const name of wanted) {
  const section = await sections[name]?.();
  if (section) measured[name] = await measureSection(section);
}
if (values.write) await writeTables();
else console.log(JSON.stringify(measured, null, 2));

async function measureSection({ title, measure }: TruthSection): Promise<readonly TruthFigure[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'negatoscope-truth-'));
  try {
    const libraryFile = join(scratch, 'library.sqlite');
    await copyFile(resolve(values.library), libraryFile);
    console.error(`${title} …`);
    const report = (message: string): void => console.error(`  ${message}`);
    return await measure({ libraryFile, pictures: join(demo, 'pictures'), scratch, report });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function writeTables(): Promise<void> {
  const file = join(projectFolder, 'docs/truth.md');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    Object.entries(measured).reduce((page, [name, rows]) => withFigures(page, name, rows), text),
  );
}
