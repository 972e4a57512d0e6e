import { describe, expect, it } from 'vitest';
import type {
  FolderLabels,
  LabelPreview,
  LabelRule,
} from '../../../../src-main/contract/label-rule.ts';
import { labelRuleWords } from '../../../../src-renderer/formats/label-rule-words.ts';
import { suggestedRule } from '../../../../src-renderer/app/labels/suggested-rule.ts';
import { suggestedLabels } from '../../../../src-renderer/widgets/labels/suggested-labels.ts';

const preview = (rule: LabelRule, ...labels: string[]): LabelPreview => ({
  ...{ rule, classes: labels.length, unlabelled: 0 },
  labels: labels.map((label) => ({ label, count: 2, examples: [] })),
});

/** train/cat, train/dog, val/cat, val/dog. */
const splitTree: FolderLabels = {
  ...{ folder: '/pictures', rule: 'level:1', isChosen: false, pictures: 4, splits: [] },
  proposal: { rule: 'deepest', reason: 'One level of folders names classes.' },
  previews: [preview('deepest', 'cat', 'dog'), preview('level:1', 'train', 'val')],
};

describe('the rule that folders suggest in place of another', () => {
  it('is told of a library of before, whose first folders were labels', () => {
    expect(suggestedRule(splitTree)).toBe('deepest');
  });

  it('is not told where it gives the same labels, is in force, or a person chose otherwise', () => {
    const same = [preview('deepest', 'cat', 'dog'), preview('level:1', 'cat', 'dog')];
    expect(suggestedRule({ ...splitTree, previews: same })).toBeNull();
    expect(suggestedRule({ ...splitTree, rule: 'deepest' })).toBeNull();
    expect(suggestedRule({ ...splitTree, isChosen: true })).toBeNull();
    expect(suggestedRule({ ...splitTree, rule: null })).toBeNull();
  });
});

describe('a rule in words', () => {
  it.each<[LabelRule, string]>([
    ['deepest', 'the deepest folder'],
    ['top', 'the first folder'],
    ['path', 'the path of folders'],
    ['level:2', 'the folder at level 2'],
    ['none', 'none'],
    ['file:/data/my labels.csv', 'the file my labels.csv'],
    ['file:C:\\data\\labels.csv', 'the file labels.csv'],
  ])('of %s is %s', (rule, words) => {
    expect(labelRuleWords(rule)).toBe(words);
  });
});

describe('the known labels that may be meant', () => {
  const known = ['dog', 'cat', 'wild cat', 'Catfish'];

  it('begin with what is typed, then hold it; chosen ones are left out', () => {
    expect(suggestedLabels(known, ' CAT', [])).toEqual(['cat', 'Catfish', 'wild cat']);
    expect(suggestedLabels(known, 'cat', ['cat'])).toEqual(['Catfish', 'wild cat']);
    expect(suggestedLabels(known, '', [])).toEqual(known);
    expect(suggestedLabels(known, 'bird', [])).toEqual([]);
  });
});
