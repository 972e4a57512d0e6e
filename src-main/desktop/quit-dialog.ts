import { BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import type { QuitQuestion } from './job-signs.ts';
import type { QuitAnswer } from './quit-requests.ts';

const answers = [
  { answer: 'resume-later', button: 'Quit; It Goes On Next Time' },
  { answer: 'background', button: 'Keep On in the Background' },
  { answer: 'cancel', button: 'Cancel' },
] as const;
const cancelId = answers.length - 1;

/** Asks what becomes of the jobs, over the window where there is one. */
export async function askAtQuit({ message, detail }: QuitQuestion): Promise<QuitAnswer> {
  const [window] = BrowserWindow.getAllWindows();
  const options: MessageBoxOptions = {
    ...{ type: 'question', message, detail, cancelId, defaultId: 0, noLink: true },
    buttons: answers.map(({ button }) => button),
    checkboxLabel: 'Do not ask again',
  };
  const { response, checkboxChecked } = await (window
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options));
  return { answer: answers[response]?.answer ?? 'cancel', isRemembered: checkboxChecked };
}
