import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorAddressOf } from '../../src-main/contract/anchor-address.ts';
import { openedPath, pathOfArguments } from '../../src-main/desktop/opened-paths.ts';
import { openingCommand } from '../../src-main/desktop/opening-command.ts';
import { emojiFolder } from '../contract/engine-shells.ts';

const library = join(import.meta.dirname, '../fixtures/libraries/version-1.sqlite');
const anchor = 'ab12'.repeat(16);

describe('what this computer asks to open', () => {
  it('is opened by the page where the engine is this computer’s', () => {
    expect(openingCommand(openedPath(emojiFolder, '/'), null)).toEqual({
      ...{ kind: 'open-folder', folder: emojiFolder },
    });
    expect(openingCommand(openedPath(library, '/'), null)).toEqual({
      ...{ kind: 'open-library', file: library },
    });
  });

  it.each([emojiFolder, library])('is refused in a sentence by a remote engine: %s', (path) => {
    const command = openingCommand(openedPath(path, '/'), 'workstation:4000');
    expect(command).toMatchObject({ kind: 'tell' });
    expect(JSON.stringify(command)).toContain('workstation:4000');
  });

  it('says what is neither a folder nor a library', () => {
    const file = join(import.meta.dirname, 'opening-command.test.ts');
    expect(openingCommand(openedPath(file, '/'), null)).toMatchObject({
      sentence: expect.stringContaining('neither a folder') as string,
    });
  });
});

describe('a link', () => {
  const linkTo = (file: string): string => anchorAddressOf({ anchor, library: file, run: 3 });

  it('is found among the arguments of a start', () => {
    const opened = pathOfArguments(['--flag', linkTo(library)], '/');
    expect(opened).toEqual({ kind: 'anchor', anchor, library, run: 3 });
    expect(openingCommand(openedPath(linkTo(library), '/'), null)).toEqual({
      ...{ kind: 'open-anchor', anchor, library, run: 3 },
    });
  });

  it('to a library that is not there says so, which only a remote engine can tell of its own', () => {
    const opened = openedPath(linkTo('/nowhere/gone.sqlite'), '/');
    expect(openingCommand(opened, null)).toMatchObject({
      ...{ kind: 'tell', sentence: expect.stringContaining('/nowhere/gone.sqlite') as string },
    });
    expect(openingCommand(opened, 'workstation:4000')).toMatchObject({ kind: 'open-anchor' });
  });

  it('that this app does not know is told, not taken for a file', () => {
    expect(openedPath('negatoscope://wipe/all', '/')).toMatchObject({ kind: 'problem' });
  });
});
