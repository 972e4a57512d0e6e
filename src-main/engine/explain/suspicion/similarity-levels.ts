/** The levels into which similarities from -1 to 1 are counted. */
export const similarityLevels = 65_536;

/** The level of a similarity, 0 the least similar. */
export function levelOf(similarity: number): number {
  const level = Math.floor(((similarity + 1) / 2) * similarityLevels);
  return Math.max(0, Math.min(similarityLevels - 1, level));
}

/** The lowest similarity of a level. */
export function similarityOfLevel(level: number): number {
  return (2 * level) / similarityLevels - 1;
}
