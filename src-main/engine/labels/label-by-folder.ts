import { levelOfRule } from '../../contract/label-rule.ts';
import type { LabelRule } from '../../contract/label-rule.ts';
import { foldersTo, type FolderTree } from './folder-tree.ts';
import type { TreeFolder } from './folder-tree.ts';

/** The label and the split that the pictures directly in a folder get; null for none. */
export interface FolderLabel {
  readonly label: string | null;
  readonly split: string | null;
}

/** The label and split of each folder that has pictures, by its path, after a rule by folders. */
export function labelsByFolder(
  tree: FolderTree,
  rule: LabelRule,
): ReadonlyMap<string, FolderLabel> {
  return new Map(tree.filled().map((folder) => [folder.path, labelOf(folder, rule)]));
}

function labelOf(folder: TreeFolder, rule: LabelRule): FolderLabel {
  const folders = foldersTo(folder);
  const level = levelOfRule(rule);
  const asked = level === null ? undefined : folders[level - 1];
  const splits = folders.filter((one) => one.role === 'split' && one !== asked);
  const split = splits.length === 0 ? null : splits.map(({ name }) => name).join('/');
  return { label: level === null ? byMeaning(folders, rule) : (asked?.name ?? null), split };
}

function byMeaning(folders: readonly TreeFolder[], rule: LabelRule): string | null {
  const classes = classFolders(folders);
  if (rule === 'deepest') return classes.at(-1)?.name ?? null;
  if (rule === 'top') return classes[0]?.name ?? null;
  if (rule !== 'path' || classes.length === 0) return null;
  return classes.map(({ name }) => name).join('/');
}

/** The folders of a path that may be classes: neither splits nor wrappers. */
export function classFolders(folders: readonly TreeFolder[]): readonly TreeFolder[] {
  return folders.filter(({ role }) => role === 'class');
}
