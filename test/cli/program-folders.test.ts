import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programFolders } from '../../src-main/cli/command-line-options.ts';
import { temporaryFolder } from '../engine/store/temporary-library.ts';

test('a package has model and page beside the command line, the sources have them in the project', () => {
  const engine = temporaryFolder();
  mkdirSync(join(engine, 'models'));
  expect(programFolders(engine)).toEqual({
    modelFolder: join(engine, 'models'),
    projectFolder: engine,
    pageFolder: join(engine, 'page'),
  });
  const project = join(import.meta.dirname, '../..');
  for (const folder of ['src-main/cli', 'out/engine']) {
    const found = programFolders(join(project, folder));
    expect(found).toMatchObject({
      projectFolder: project,
      pageFolder: join(project, 'out/renderer'),
    });
    expect(existsSync(join(found.modelFolder, 'centernet.json'))).toBe(true);
  }
});
