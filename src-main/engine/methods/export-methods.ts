import type { OpenLibraries } from '../session/open-libraries.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on exports. Writers of files and networks are loaded only when they are needed. */
export function exportMethods(libraries: OpenLibraries, modelFolder: string): MethodsOf<'exports'> {
  return {
    'exports.preview': async ({ format, rows, ...choice }) => {
      const [{ buildTable }, { previewTable }] = await Promise.all([
        import('../exchange/tables/build-table.ts'),
        import('../exchange/tables/preview-table.ts'),
      ]);
      return previewTable(await buildTable(libraries.opened().library, choice), format, rows);
    },
    'exports.previewMined': async (choice) => {
      const { previewMined } = await import('../exchange/mining/preview-mined.ts');
      return await previewMined(libraries.opened().library, choice);
    },
    'exports.previewEncoder': async ({ run }) => {
      const { previewEncoderExport } =
        await import('../exchange/encoder-files/encoder-to-export.ts');
      return await previewEncoderExport({ library: libraries.opened().library, modelFolder }, run);
    },
    'exports.destination': async (destination) => {
      const { describeDestination } = await import('../exchange/destination/export-destination.ts');
      return await describeDestination(libraries.opened().library.file, destination);
    },
  };
}
