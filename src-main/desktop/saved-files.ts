import { session } from 'electron';

/** Asks where to save a file that the page wrote, by its name: Electron's own question shows an address. */
export function askWhereToSave(): void {
  session.defaultSession.on('will-download', (_event, item) => {
    item.setSaveDialogOptions({ title: 'Save the File', defaultPath: item.getFilename() });
  });
}
