import type { LabelProposal } from '../../contract/label-rule.ts';
import { classFolders } from './label-by-folder.ts';
import { foldersTo } from './folder-tree.ts';
import type { FolderTree, TreeFolder } from './folder-tree.ts';

/** A folder with pictures directly in it, and the folders on its path that may be classes. */
interface ClassPath {
  readonly classes: readonly TreeFolder[];
  readonly pictures: number;
}

/** Folders of fewer pictures than this, many of them, are taken for single objects, not classes. */
const fewPictures = 3;
const manyFolders = 50;

const list = new Intl.ListFormat('en-GB');

/** The rule that a tree of folders suggests, and why. */
export function proposeRule(tree: FolderTree): LabelProposal {
  const paths = tree.filled().map((folder): ClassPath => {
    const classes = classFolders(foldersTo(folder));
    return { classes, pictures: folder.own };
  });
  const deepest = Math.max(0, ...paths.map(({ classes }) => classes.length));
  const splits = describeSplits(tree);
  if (deepest === 0) {
    const where =
      splits === ''
        ? 'There are no sub-folders that name classes'
        : 'No folder below the splits names a class';
    return { rule: 'none', reason: `${where}.${splits}` };
  }
  if (deepest === 1) {
    return { rule: 'deepest', reason: `One level of folders names classes.${splits}` };
  }
  const found = proposeAmongLevels(paths);
  return { rule: found.rule, reason: found.reason + splits };
}

function proposeAmongLevels(paths: readonly ClassPath[]): LabelProposal {
  const deep = paths.filter(({ classes }) => classes.length > 1);
  const total = sumOf(paths);
  const direct = sumOf(paths.filter(({ classes }) => classes.length === 1));
  const mixed = deep.filter(({ classes }) => (classes[0]?.own ?? 0) > 0);
  if (direct > total / 2 && mixed.length > deep.length / 2) {
    return {
      rule: 'top',
      reason: `Most pictures lie directly in the first folders, so their names are the classes, and the folders below (${examples(deep)}) parts of them.`,
    };
  }
  const named = deep.filter(({ classes }) => isWord(lastName(classes)));
  if (named.length < deep.length / 5) {
    return {
      rule: 'top',
      reason: `The deepest folders have names without words (${examples(deep)}), such as dates or numbers, so the first folders name the classes.`,
    };
  }
  if (total < fewPictures * paths.length && deep.length >= manyFolders) {
    return {
      rule: 'top',
      reason: `Most of the deepest folders hold fewer than ${fewPictures} pictures, so they are taken for single objects, and the first folders for classes.`,
    };
  }
  const enumerated = deep.filter(({ classes }) => isEnumeration(lastName(classes)));
  if (enumerated.length > deep.length / 2 && recurs(enumerated)) {
    return {
      rule: 'path',
      reason: `The deepest folders are only numbered (${examples(deep)}) and the same names recur under different folders, so only the whole path names a class.`,
    };
  }
  return { rule: 'deepest', reason: deepestReason(paths, deep) };
}

function deepestReason(paths: readonly ClassPath[], deep: readonly ClassPath[]): string {
  const above = new Set(deep.map(({ classes }) => classes.at(-2)?.name ?? ''));
  const below = new Set(paths.map(({ classes }) => lastName(classes)));
  const shared = recurringNames(deep);
  const reason = `The deepest folders name the most exact classes: ${below.size} names below ${above.size} ${above.size === 1 ? 'folder' : 'folders'}.`;
  if (shared.length === 0) return reason;
  return `${reason} ${shared.length} of the names stand under more than one folder (${list.format(shared.slice(0, 3))}) and count as one class each.`;
}

/** Whether a name has a word in it: two letters in a row that are no hexadecimal number. */
function isWord(name: string): boolean {
  const words = name.match(/\p{L}{2,}/gu) ?? [];
  return words.length > 0 && !/^[\da-f]{6,}$/i.test(name);
}

function isEnumeration(name: string): boolean {
  return /^\p{L}*[\s_-]*\d+$/u.test(name);
}

function recurs(paths: readonly ClassPath[]): boolean {
  return recurringNames(paths).length > 0;
}

/** The deepest names that stand under folders of different names. */
function recurringNames(paths: readonly ClassPath[]): string[] {
  const parents = new Map<string, Set<string>>();
  for (const { classes } of paths) {
    const above = classes
      .slice(0, -1)
      .map(({ name }) => name)
      .join('/');
    const known = parents.get(lastName(classes)) ?? new Set();
    parents.set(lastName(classes), known.add(above));
  }
  return [...parents].filter(([, above]) => above.size > 1).map(([name]) => name);
}

function lastName(classes: readonly TreeFolder[]): string {
  return classes.at(-1)?.name ?? '';
}

function examples(paths: readonly ClassPath[]): string {
  return [...new Set(paths.map(({ classes }) => lastName(classes)))].slice(0, 3).join(', ');
}

function sumOf(paths: readonly ClassPath[]): number {
  return paths.reduce((sum, { pictures }) => sum + pictures, 0);
}

function describeSplits(tree: FolderTree): string {
  const splits = new Set<string>();
  for (const folder of tree.filled()) {
    for (const { role, name } of foldersTo(folder)) if (role === 'split') splits.add(name);
  }
  if (splits.size === 0) return '';
  const verb = splits.size === 1 ? 'is a split, not a class' : 'are splits, not classes';
  return ` ${list.format([...splits].slice(0, 6))} ${verb}.`;
}
