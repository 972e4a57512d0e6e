import type { OpenLibraries } from '../session/open-libraries.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on imports. */
export function importMethods(libraries: OpenLibraries): MethodsOf<'imports'> {
  return {
    // The readers of file formats are loaded only when they are needed.
    'imports.inspect': async (source) => {
      const { inspectImport } = await import('../exchange/import/inspect-import.ts');
      return inspectImport(libraries.opened().library, source);
    },
    'imports.browse': async ({ path }) => {
      const { browseImports } = await import('../exchange/import/browse-imports.ts');
      return browseImports(path);
    },
  };
}
