import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../src-main/cli/build-app.ts';
import { checkPackage } from './check/check-package.ts';
import { overCeilings, packageSizes, sizeTable } from './check/package-sizes.ts';
import { writeGuidePages } from './guide-pages.ts';
import { thirdPartyNotices } from './notices.ts';
import { packageOptions } from './package-options.ts';
import { runBuilder } from './run-builder.ts';
import { pinnedNode, stageEngine } from './stage-engine.ts';

const projectFolder = join(import.meta.dirname, '..');
const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

/** Runs `npm run package`: makes the package of this platform, and checks it away from the project. */
async function main(): Promise<void> {
  const options = packageOptions(process.argv.slice(2), projectFolder, process.env);
  const builtFolder = join(projectFolder, 'out');
  await buildApp(projectFolder, 'error');
  const staged = join(builtFolder, 'package');
  stageEngine({ projectFolder, builtFolder, stageFolder: join(staged, 'engine') });
  mkdirSync(staged, { recursive: true });
  const notices = thirdPartyNotices({
    projectFolder,
    builtFolder,
    nodeFolder: pinnedNode(projectFolder).folder,
    electronFolder: options.electron.folder,
  });
  writeFileSync(join(staged, 'THIRD-PARTY-NOTICES.txt'), notices);
  writeGuidePages(projectFolder, join(staged, 'guide'));
  const unpacked = runBuilder(projectFolder, options);
  const sizes = packageSizes(unpacked);
  process.stdout.write(`${options.isJson ? JSON.stringify(sizes) : sizeTable(sizes)}\n`);
  await checkPackage({
    unpacked,
    pictures: join(projectFolder, 'test/fixtures/emoji'),
    say,
  });
  for (const sentence of overCeilings(sizes)) {
    say(sentence);
    process.exitCode = 1;
  }
}

try {
  await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
