import type { OpenLibraries } from '../session/open-libraries.ts';
import { rememberEntry, readMemory } from '../session/window-memory.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on what windows remember. */
export function windowMethods({ dataFolder }: OpenLibraries): MethodsOf<'window'> {
  return {
    'window.recall': () => readMemory(dataFolder),
    'window.remember': (entry) => {
      rememberEntry(dataFolder, entry);
      return {};
    },
  };
}
