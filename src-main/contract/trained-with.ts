import type { Metrics } from './runs.ts';

/**
 * How many of the scored pictures were in verdicts, or have labels, that trained the run: of these its
 * accuracies are no measure of what it makes of others.
 */
export function trainedWithWords({
  scoredPictures,
  verdictPictures,
  labelPictures,
}: Pick<Metrics, 'scoredPictures' | 'verdictPictures' | 'labelPictures'>): string[] {
  if (scoredPictures === undefined) return [];
  const of = `Of the ${scoredPictures} scored pictures,`;
  return [
    ...(verdictPictures === undefined
      ? []
      : [`${of} ${verdictPictures} were in verdicts that trained the run.`]),
    ...(labelPictures === undefined
      ? []
      : [`${of} ${labelPictures} have labels that trained the run.`]),
  ];
}
