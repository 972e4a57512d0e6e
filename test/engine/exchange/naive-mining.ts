/** The rules of `mine_hard_negatives`, as its documentation and code of version 6.0.1 say them. */
export interface NaiveRules {
  readonly range_min: number;
  readonly range_max?: number;
  readonly max_score?: number;
  readonly min_score?: number;
  readonly absolute_margin?: number;
  readonly relative_margin?: number;
  readonly num_negatives: number;
  readonly sampling_strategy: 'top' | 'random';
}

interface Candidate {
  readonly document: number;
  score: number;
}

/**
 * The same, re-derived step by step with plain lists and -Infinity for what is disqualified, as there:
 * for each query its negatives and, before they are sampled, the window they are sampled from.
 * `similarity` is queries x documents; `positives` lists each query's documents.
 */
export function naiveMining(
  similarity: readonly (readonly number[])[],
  positives: readonly (readonly number[])[],
  rules: NaiveRules,
): { readonly window: readonly number[]; readonly negatives: readonly number[] }[] {
  const maxPositives = Math.max(...positives.map(({ length }) => length));
  const hasMargin = rules.absolute_margin !== undefined || rules.relative_margin !== undefined;
  let rangeMax = rules.range_max;
  if (rangeMax === undefined) {
    rangeMax =
      hasMargin || rules.max_score !== undefined
        ? rules.range_min + rules.num_negatives * 10 + maxPositives
        : rules.range_min + rules.num_negatives + maxPositives;
  }
  return similarity.map((scores, query) => {
    const own = positives[query]!;
    // Top range_max + max_positives documents.
    const top: Candidate[] = scores
      .map((score, document) => ({ document, score }))
      .sort((a, b) => b.score - a.score || a.document - b.document)
      .slice(0, rangeMax + maxPositives);
    for (const one of top) if (own.includes(one.document)) one.score = -Infinity;
    const hardest = Math.min(...own.map((document) => scores[document]!));
    disqualify(top, hardest, rules);
    // Ranked again, cut to range_max, and the first range_min are skipped.
    const ranked = top
      .toSorted((a, b) => b.score - a.score || a.document - b.document)
      .slice(0, rangeMax)
      .slice(rules.range_min);
    const window = ranked
      .filter(({ score }) => score !== -Infinity)
      .map(({ document }) => document);
    return { window, negatives: window.slice(0, rules.num_negatives) };
  });
}

function disqualify(top: readonly Candidate[], hardest: number, rules: NaiveRules): void {
  const { absolute_margin = -Infinity, relative_margin = -Infinity } = rules;
  for (const one of top) if (one.score + absolute_margin > hardest) one.score = -Infinity;
  const threshold = hardest - Math.abs(hardest) * relative_margin;
  for (const one of top) if (one.score > threshold) one.score = -Infinity;
  const { max_score = Infinity, min_score = -Infinity } = rules;
  const isOutside = (score: number): boolean => score > max_score || score < min_score;
  for (const one of top) if (isOutside(one.score)) one.score = -Infinity;
}

interface NaiveAnchor {
  readonly anchor: number;
  readonly positives: readonly number[];
  readonly positiveScores: readonly number[];
  readonly negatives: readonly number[];
  readonly negativeScores: readonly number[];
}

/**
 * The rows of each output_format, as the documentation and code of 6.0.1 lay them out: a triplet for each
 * positive and negative there is; tuples only with all negatives; pairs of each positive, then each
 * negative; lists only with a negative. Scores stand beside the names, or in place of the label.
 */
export function naiveLayout(
  anchors: readonly NaiveAnchor[],
  names: readonly string[],
  choice: { output_format: string; output_scores: boolean; num_negatives: number },
): Record<string, unknown>[] {
  return anchors.flatMap((own) => rowsOfAnchor(own, (row) => names[row]!, choice));
}

function rowsOfAnchor(
  { anchor: row, positives, positiveScores, negatives, negativeScores }: NaiveAnchor,
  name: (row: number) => string,
  {
    output_format: format,
    output_scores: hasScores,
    num_negatives: wanted,
  }: { output_format: string; output_scores: boolean; num_negatives: number },
): Record<string, unknown>[] {
  const anchor = name(row);
  if (format === 'labeled-pair') {
    const pair = (other: number, score: number, label: number) =>
      hasScores
        ? { anchor, positive: name(other), score }
        : { anchor, positive: name(other), label };
    return [
      ...positives.map((other, index) => pair(other, positiveScores[index]!, 1)),
      ...negatives.map((other, index) => pair(other, negativeScores[index]!, 0)),
    ];
  }
  return positives.flatMap((other, index) => {
    const positive = name(other);
    const scores = [positiveScores[index]!, ...negativeScores];
    if (format === 'triplet') {
      return negatives.map((negative, negativeIndex) => ({
        ...{ anchor, positive, negative: name(negative) },
        ...(hasScores && { scores: [positiveScores[index]!, negativeScores[negativeIndex]!] }),
      }));
    }
    if (format === 'n-tuple') {
      if (negatives.length < wanted) return [];
      const columns = negatives.map((negative, index) => [`negative_${index + 1}`, name(negative)]);
      return [
        {
          anchor,
          positive,
          ...Object.fromEntries(columns),
          ...(hasScores && { scores }),
        } as Record<string, unknown>,
      ];
    }
    if (negatives.length === 0) return [];
    const list = [positive, ...negatives.map(name)];
    return [
      hasScores
        ? { anchor, positive: list, scores }
        : { anchor, positive: list, labels: [1, ...negatives.map(() => 0)] },
    ];
  });
}
