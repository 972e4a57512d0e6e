import { browseFolders } from '../pictures/browse-folders.ts';
import type { MethodsOf } from './method-handlers.ts';

export function folderMethods(): MethodsOf<'folders'> {
  return { 'folders.browse': ({ path }) => browseFolders(path) };
}
