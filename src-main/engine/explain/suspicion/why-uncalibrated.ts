/** How many known pairs a calibration takes. */
const fewest = { same: 50, different: 50, anchors: 20, far: 10 };

interface KnownCounts {
  readonly knownPairs: number;
  readonly samePairs: number;
  /** Anchors with a known pair. */
  readonly anchors: number;
  /** Known pairs in the less similar half of the ranks, without which no prior can be measured. */
  readonly far: number;
  /** Known pairs without the pictures of a fold, of the fold with the fewest. */
  readonly left: number;
}

/** Why so many known pairs do not calibrate, a sentence; empty where they do. */
export function whyUncalibrated({
  knownPairs,
  samePairs,
  anchors,
  far,
  left,
}: KnownCounts): string {
  if (knownPairs === 0) return 'No label and no verdict says what a pair shows.';
  const different = knownPairs - samePairs;
  if (samePairs < fewest.same || different < fewest.different || anchors < fewest.anchors) {
    return `Too few pairs are known: ${samePairs} of the same thing and ${different} of different ones, seen from ${anchors} pictures; it takes ${fewest.same}, ${fewest.different} and ${fewest.anchors}. Label pictures, or judge pairs.`;
  }
  if (far < fewest.far) {
    return 'The known pairs are all of near pictures: judge some pairs in the random order of Review.';
  }
  if (left === 0) return 'The known pairs are all of a few pictures: judge pairs of others.';
  return '';
}
