import { folderOf } from '../labels/folder-tree.ts';
import type { FolderLabel } from '../labels/label-by-folder.ts';
import { deleteFile, saveFile } from '../store/files.ts';
import type { Folder } from '../store/folders.ts';
import type { Library } from '../store/library-file.ts';
import { sampleIdByHash, saveSample } from '../store/samples.ts';
import { deleteSkip, saveSkip } from '../store/skips.ts';
import { saveThumbnail } from '../store/thumbnails.ts';
import type { DecodeAnswer } from './decode-task.ts';
import type { FoundFile } from './walk-folder.ts';

// Files per commit: 256 thumbnails take about a megabyte, and a commit takes about a millisecond.
const batchSize = 256;

/** Writes the results of a scan in batches, so that a killed scan loses only the last of them. */
export class ScanWriter {
  readonly #library: Library;
  readonly #folderId: number;
  readonly #labels: ReadonlyMap<string, FolderLabel>;
  #batch: { file: FoundFile; answer: DecodeAnswer }[] = [];

  /** `labels` holds the label and split of each folder by its path. */
  constructor(library: Library, folder: Folder, labels: ReadonlyMap<string, FolderLabel>) {
    this.#library = library;
    this.#folderId = folder.id;
    this.#labels = labels;
  }

  /** Takes a worker's answer about a file. */
  add(file: FoundFile, answer: DecodeAnswer): void {
    this.#batch.push({ file, answer });
    if (this.#batch.length >= batchSize) this.flush();
  }

  /** Writes the answers that were taken and not written yet. */
  flush(): void {
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    this.#library.write(() => {
      for (const { file, answer } of batch) this.#save(file, answer);
    });
  }

  #save(file: FoundFile, answer: DecodeAnswer): void {
    if (answer.kind === 'skip') {
      const { code, reason } = answer;
      deleteFile(this.#library, this.#folderId, file.path);
      saveSkip(this.#library, { folderId: this.#folderId, ...file, code, reason });
      return;
    }
    const sampleId = this.#sampleOf(answer);
    const { label, split } = this.#labels.get(folderOf(file.path)) ?? { label: null, split: null };
    saveFile(this.#library, { folderId: this.#folderId, ...file, sampleId, label, split });
    deleteSkip(this.#library, this.#folderId, file.path);
  }

  #sampleOf(answer: DecodeAnswer): number {
    if (answer.kind === 'known') {
      const known = sampleIdByHash(this.#library, answer.hash);
      if (known !== null) return known;
    }
    if (answer.kind !== 'thumbnail') throw new Error(`A worker answered ${answer.kind} to a scan.`);
    const { hash, width, height, format, image } = answer;
    const sampleId = saveSample(this.#library, { hash, width, height, format });
    saveThumbnail(this.#library, sampleId, image);
    return sampleId;
  }
}
