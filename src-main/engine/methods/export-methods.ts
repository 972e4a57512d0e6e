import { previewTable } from '../exchange/preview-table.ts';
import { buildTable } from '../exchange/tables/build-table.ts';
import type { OpenLibraries } from '../open-libraries.ts';
import type { MethodsOf } from './method-handlers.ts';

export function exportMethods(libraries: OpenLibraries): MethodsOf<'exports'> {
  return {
    'exports.preview': async ({ format, rows, ...choice }) =>
      previewTable(await buildTable(libraries.opened().library, choice), format, rows),
  };
}
