import type { OpenLibraries } from '../session/open-libraries.ts';
import { keepInMemory, readMemory } from '../session/window-memory.ts';
import type { MethodsOf } from './method-handlers.ts';

export function windowMethods({ dataFolder }: OpenLibraries): MethodsOf<'window'> {
  return {
    'window.recall': () => readMemory(dataFolder),
    'window.remember': (entry) => {
      keepInMemory(dataFolder, entry);
      return {};
    },
  };
}
