import { folderRules } from '../../contract/label-rule.ts';
import type { FolderLabels, LabelPreview, LabelRule } from '../../contract/label-rule.ts';
import { compareNaturally } from '../store/natural-order.ts';
import { FolderTree, folderOf, foldersTo } from './folder-tree.ts';
import { labelsByFolder } from './label-by-folder.ts';
import { proposeRule } from './propose-rule.ts';

const shownClasses = 200;
const shownExamples = 5;
const shownLevels = 6;

/**
 * What a tree of folders suggests for labels, and what each rule would give, by the pictures' paths
 * relative to the folder.
 */
export function previewLabels(
  paths: readonly string[],
): Pick<FolderLabels, 'pictures' | 'proposal' | 'previews' | 'splits'> {
  const tree = new FolderTree(paths);
  const depth = Math.max(0, ...tree.filled().map((folder) => foldersTo(folder).length));
  const levels = Array.from(
    { length: Math.min(depth, shownLevels) },
    (_, index): LabelRule => `level:${index + 1}`,
  );
  const previews = [...folderRules, ...levels].map((rule) => previewRule(tree, paths, rule));
  const splits = new Map<string, number>();
  const bySplit = labelsByFolder(tree, 'none');
  for (const path of paths) {
    const split = bySplit.get(folderOf(path))?.split ?? null;
    if (split !== null) splits.set(split, (splits.get(split) ?? 0) + 1);
  }
  return {
    pictures: paths.length,
    proposal: proposeRule(tree),
    previews,
    splits: [...splits]
      .map(([split, count]) => ({ split, count }))
      .sort((a, b) => compareNaturally(a.split, b.split)),
  };
}

function previewRule(tree: FolderTree, paths: readonly string[], rule: LabelRule): LabelPreview {
  const byFolder = labelsByFolder(tree, rule);
  const classes = new Map<string, { count: number; examples: string[] }>();
  let unlabelled = 0;
  for (const path of paths) {
    const label = byFolder.get(folderOf(path))?.label ?? null;
    if (label === null) {
      unlabelled += 1;
      continue;
    }
    const known = classes.get(label) ?? { count: 0, examples: [] };
    known.count += 1;
    if (known.examples.length < shownExamples) known.examples.push(path);
    classes.set(label, known);
  }
  const labels = [...classes]
    .map(([label, found]) => ({ label, ...found }))
    .sort((a, b) => b.count - a.count || compareNaturally(a.label, b.label))
    .slice(0, shownClasses);
  return { rule, classes: classes.size, unlabelled, labels };
}
