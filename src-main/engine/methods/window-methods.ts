import type { OpenLibraries } from '../open-libraries.ts';
import { keepInMemory, readMemory } from '../window-memory.ts';
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
