import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appFiles } from '../../src-main/desktop/app-files.ts';

const node = process.platform === 'win32' ? 'node.exe' : 'node';

test('a package runs its engine, on its own Node, from beside the archive that has the rest', () => {
  const resources = join('/opt', 'Negatoscope', 'resources');
  const main = join(resources, 'app.asar', 'out', 'main');
  // Nothing of the user's environment chooses another Node.
  expect(appFiles(main, resources, true, { NEGATOSCOPE_NODE: '/elsewhere/node' })).toEqual({
    nodeProgram: join(resources, 'engine', 'bin', node),
    engineEntry: join(resources, 'engine', 'engine-process.js'),
    icon: join(resources, 'icon.png'),
    guide: join(resources, 'guide/guide.html'),
    licences: join(resources, 'THIRD-PARTY-NOTICES.txt'),
    modelFolder: join(resources, 'engine', 'models'),
    preload: join(resources, 'app.asar', 'out', 'preload', 'preload.cjs'),
    pageFolder: join(resources, 'app.asar', 'out', 'renderer'),
  });
});

test('from the sources all is below the project, and the engine runs on the Node that is named', () => {
  const project = join('/home', 'someone', 'negatoscope');
  const main = join(project, 'out', 'main');
  expect(
    appFiles(main, '/electron/resources', false, { NEGATOSCOPE_NODE: '/pinned/node' }),
  ).toEqual({
    nodeProgram: '/pinned/node',
    engineEntry: join(project, 'out', 'engine', 'engine-process.js'),
    icon: join(project, 'resources', 'icons', '256x256.png'),
    guide: join(project, 'docs', 'guide.md'),
    licences: join(project, 'out', 'package', 'THIRD-PARTY-NOTICES.txt'),
    modelFolder: join(project, 'node_modules', '@vladmandic', 'human', 'models'),
    preload: join(project, 'out', 'preload', 'preload.cjs'),
    pageFolder: join(project, 'out', 'renderer'),
  });
  expect(appFiles(main, '/electron/resources', false, {}).nodeProgram).toBe('node');
});
