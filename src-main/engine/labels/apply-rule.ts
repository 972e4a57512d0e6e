import { basename } from 'node:path';
import { EngineError } from '../../contract/errors/errors.ts';
import { fileOfRule } from '../../contract/label-rule.ts';
import type { LabelRule, UnmatchedRows } from '../../contract/label-rule.ts';
import { saveFolder, type Folder } from '../store/folders.ts';
import type { Library } from '../store/library-file.ts';
import { FolderTree, folderOf } from './folder-tree.ts';
import { labelsByFolder } from './label-by-folder.ts';
import type { FolderLabel } from './label-by-folder.ts';
import { readLabelFile } from './label-file.ts';
import type { LabelFile } from './label-file.ts';
import { MatchedLabels } from './match-labels.ts';
import { proposeRule } from './propose-rule.ts';

/** What a rule needs beside the paths of the pictures: the content of its file, or nothing. */
type RuleSource = LabelFile | null;

/**
 * Reads the file that a rule names; null for a rule by folders.
 * @throws EngineError not-found, bad-argument
 */
export async function readRule(rule: LabelRule): Promise<RuleSource> {
  const file = fileOfRule(rule);
  return file === null ? null : await readLabelFile(file);
}

const unlabelled: FolderLabel = { label: null, split: null };

/**
 * Gives the known files of a folder the labels and splits of its rule, without reading pictures.
 * Returns the rows of the rule's file that name no picture; null for a rule by folders.
 */
export function applyRule(
  library: Library,
  folder: Folder,
  source: RuleSource,
): UnmatchedRows | null {
  return library.write(() => {
    const files = library
      .query<StoredFile>('SELECT path, sampleId, label, split FROM files WHERE folderId = ?')
      .all(folder.id);
    const tree = new FolderTree(files.map(({ path }) => path));
    // A file of labels may name a split too; where it does not, folders do.
    const byFolder = labelsByFolder(tree, source === null ? folder.labels : 'none');
    const listed = source && new MatchedLabels(library, source);
    const update = library.query(
      'UPDATE files SET label = ?, split = ? WHERE folderId = ? AND path = ?',
    );
    for (const file of files) {
      const ofFolder = byFolder.get(folderOf(file.path)) ?? unlabelled;
      const ofFile = listed?.of(file.sampleId, file.path) ?? unlabelled;
      const label = ofFile.label ?? ofFolder.label;
      const split = ofFile.split ?? ofFolder.split;
      if (label === file.label && split === file.split) continue;
      update.run(label, split, folder.id, file.path);
    }
    return listed === null ? null : listed.unmatched;
  });
}

/**
 * Changes the rule of a scanned folder and the labels of its files; `folder` means the rule that the
 * known files suggest.
 * @throws EngineError not-found, bad-argument where the rule's file cannot be used or names no picture
 */
export async function changeRule(
  library: Library,
  folder: Folder,
  rule: LabelRule | 'folder',
): Promise<UnmatchedRows | null> {
  const chosen = rule === 'folder' ? proposedRule(library, folder) : rule;
  const source = await readRule(chosen);
  return library.write(() => {
    const saved = saveFolder(library, folder.path, chosen, rule !== 'folder');
    const unmatched = applyRule(library, saved, source);
    if (source !== null && unmatched?.count === source.rows.length) {
      throw noneNamed(source, unmatched);
    }
    return unmatched;
  });
}

function noneNamed({ file, rows }: LabelFile, { examples }: UnmatchedRows): EngineError {
  return new EngineError(
    'bad-argument',
    `None of the ${rows.length} rows of ${basename(file)} names one picture of this library. The first is ${examples[0] ?? ''}. Labels stay as they are.`,
  );
}

function proposedRule(library: Library, folder: Folder): LabelRule {
  const paths = library
    .query<{ path: string }>('SELECT path FROM files WHERE folderId = ?')
    .all(folder.id);
  return proposeRule(new FolderTree(paths.map(({ path }) => path))).rule;
}

interface StoredFile {
  readonly path: string;
  readonly sampleId: number;
  readonly label: string | null;
  readonly split: string | null;
}
