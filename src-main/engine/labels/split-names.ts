/** Words that name a part of a data set, in folder names and in tables. */
const trainWords = ['train', 'training', 'trn', 'trainval', 'gallery', 'unlabeled', 'unlabelled'];
const heldOutWords = [
  ...['val', 'valid', 'validation', 'dev', 'devel', 'development', 'holdout'],
  ...['test', 'testing', 'tst', 'eval', 'evaluation', 'query', 'pred', 'prediction'],
];

export type SplitKind = 'train' | 'held-out' | 'fold';

/** Words that say nothing beside a split's: `images_train`, `training set`, `train2017`. */
const neutral =
  /^(?:images?|imgs?|pictures?|photos?|jpe?gs?|pngs?|sets?|data|datasets?|split|\d+)$/;

/**
 * What a folder's name says of the split that its pictures belong to: `train`, `held-out` (validation
 * or test) or `fold`; null where the name is not a split's. `shared` holds the words (see `wordsOf`)
 * that all its sibling folders have, which are no reason to doubt it.
 */
export function splitKind(name: string, shared: ReadonlySet<string> = new Set()): SplitKind | null {
  const words = wordsOf(name);
  if (isFold(words)) return 'fold';
  const rest = words.filter((word) => !neutral.test(word) && !shared.has(word));
  const [only] = rest;
  if (only === undefined || rest.length > 1) return null;
  if (trainWords.includes(only)) return 'train';
  return heldOutWords.includes(only) ? 'held-out' : null;
}

/** A name's words in small letters; digits are words of their own. */
export function wordsOf(name: string): string[] {
  return (
    name
      .normalize('NFC')
      .toLowerCase()
      .match(/\d+|[^\d\s_.()-]+/gu) ?? []
  );
}

function isFold([word, number, more]: readonly string[]): boolean {
  const isNamed = word === 'fold' || word === 'cv' || word === 'split';
  return isNamed && number !== undefined && /^\d+$/.test(number) && more === undefined;
}
