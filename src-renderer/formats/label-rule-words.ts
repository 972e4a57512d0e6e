import { fileOfRule, levelOfRule } from '../../src-main/contract/label-rule.ts';
import type { LabelRule } from '../../src-main/contract/label-rule.ts';

/** What a rule takes for a picture's label, as it stands after "Labels:". */
export function labelRuleWords(rule: LabelRule): string {
  const level = levelOfRule(rule);
  if (level !== null) return `the folder at level ${level}`;
  const file = fileOfRule(rule);
  if (file !== null) return `the file ${file.split(/[\\/]/).at(-1) ?? file}`;
  if (rule === 'deepest') return 'the deepest folder';
  if (rule === 'top') return 'the first folder';
  return rule === 'path' ? 'the path of folders' : 'none';
}
