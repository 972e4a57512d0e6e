import type {
  FolderLabels,
  LabelPreview,
  LabelRule,
} from '../../../src-main/contract/label-rule.ts';

/**
 * The rule that a folder's tree suggests in place of the one in force: null where they agree or give
 * the same labels, and where a person chose the one in force.
 */
export function suggestedRule({
  rule,
  isChosen,
  proposal,
  previews,
}: FolderLabels): LabelRule | null {
  if (rule === null || isChosen || rule === proposal.rule) return null;
  const previewOf = (wanted: LabelRule): LabelPreview | undefined =>
    previews.find((preview) => preview.rule === wanted);
  const [now, suggested] = [previewOf(rule), previewOf(proposal.rule)];
  return now && suggested && givesSame(now, suggested) ? null : proposal.rule;
}

function givesSame(one: LabelPreview, other: LabelPreview): boolean {
  const what = ({ classes, unlabelled, labels }: LabelPreview): string =>
    JSON.stringify([classes, unlabelled, labels]);
  return what(one) === what(other);
}
