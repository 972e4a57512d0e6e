import { browseFolders } from '../pictures/browse-folders.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on folders of the engine's machine. */
export function folderMethods(): MethodsOf<'folders'> {
  return { 'folders.browse': ({ path }) => browseFolders(path) };
}
