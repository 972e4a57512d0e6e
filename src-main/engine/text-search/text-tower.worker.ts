import { parentPort, workerData } from 'node:worker_threads';
import { toErrorReport } from '../../contract/errors/errors.ts';
import type { ErrorReport } from '../../contract/errors/errors.ts';
import { endRequest } from '../threads/addon-workers.ts';
import { openTextTower } from './open-text-tower.ts';
import type { EncodedText } from './open-text-tower.ts';
import type { TextTower } from './find-text-tower.ts';

export interface TextQuestion {
  readonly id: number;
  readonly text: string;
}

export type TextAnswer = { readonly id: number } & (
  { readonly encoded: EncodedText } | { readonly error: ErrorReport }
);

const opened = openTextTower(workerData as TextTower);
// Each question reports why the tower could not be opened.
opened.catch(() => undefined);

async function answer({ id, text }: TextQuestion): Promise<TextAnswer> {
  try {
    return { id, encoded: await (await opened).encode(text) };
  } catch (error) {
    return { id, error: toErrorReport(error) };
  }
}

parentPort?.on('message', (question: TextQuestion | typeof endRequest) => {
  if (question === endRequest) {
    parentPort?.close();
    return;
  }
  void answer(question).then((answer) => parentPort?.postMessage(answer));
});
