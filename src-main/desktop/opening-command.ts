import { existsSync } from 'node:fs';
import type { DesktopCommand } from '../contract/desktop.ts';
import type { OpenedPath } from './opened-paths.ts';

/**
 * What the page is asked to do for a path or a link that this computer gave; `remoteName` is the machine
 * of a remote engine, whose files are other ones, or null.
 */
export function openingCommand(opened: OpenedPath, remoteName: string | null): DesktopCommand {
  if (opened.kind === 'problem') return tell(opened.sentence);
  if (opened.kind === 'anchor') {
    // A remote engine says itself what is not there.
    const isHere = remoteName !== null || opened.library === null || existsSync(opened.library);
    return isHere ? { ...opened, kind: 'open-anchor' } : tell(lostSentence(opened.library));
  }
  if (remoteName !== null) return tell(foreignSentence(remoteName));
  return opened.kind === 'folder'
    ? { kind: 'open-folder', folder: opened.folder }
    : { kind: 'open-library', file: opened.file };
}

function lostSentence(library: string | null): string {
  return `The link leads to the library ${library}, which is not there: put it back, or open the library and find the picture in it.`;
}

function foreignSentence(remoteName: string): string {
  return `The engine runs on ${remoteName}, which cannot read files of this computer: open one of its own folders, or use this computer’s engine (menu File).`;
}

function tell(sentence: string): DesktopCommand {
  return { kind: 'tell', sentence };
}
