import { describeDestination } from '../exchange/destination/export-destination.ts';
import { previewMined } from '../exchange/mining/preview-mined.ts';
import { previewTable } from '../exchange/tables/preview-table.ts';
import { buildTable } from '../exchange/tables/build-table.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on exports. */
export function exportMethods(libraries: OpenLibraries, modelFolder: string): MethodsOf<'exports'> {
  return {
    'exports.preview': async ({ format, rows, ...choice }) =>
      previewTable(await buildTable(libraries.opened().library, choice), format, rows),
    'exports.previewMined': (choice) => previewMined(libraries.opened().library, choice),
    // The networks of encoders are loaded only when they are needed.
    'exports.previewEncoder': async ({ run }) => {
      const { previewEncoderExport } =
        await import('../exchange/encoder-files/encoder-to-export.ts');
      return await previewEncoderExport({ library: libraries.opened().library, modelFolder }, run);
    },
    'exports.destination': (destination) =>
      describeDestination(libraries.opened().library.file, destination),
  };
}
