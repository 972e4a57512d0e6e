import type { GeneratedNegatives } from '../../../../src-main/contract/generated-negatives.ts';

/** A real picture, and the generated negatives to which it is the nearest. */
export interface NearPicture {
  readonly id: number;
  /** How many they are. */
  readonly count: number;
  /** Their mean similarity to the picture, and to the anchor. */
  readonly similarity: number;
  readonly toAnchor: number;
}

/** The pictures nearest to generated negatives, those nearest to most of them first. */
export function nearPictures({
  ids,
  similarity,
  similarityToPicture,
}: Pick<GeneratedNegatives, 'ids' | 'similarity' | 'similarityToPicture'>): NearPicture[] {
  const indices = new Map<number, number[]>();
  for (const [index, id] of ids.entries()) indices.set(id, [...(indices.get(id) ?? []), index]);
  const mean = (values: Float32Array, of: readonly number[]): number =>
    of.reduce((sum, index) => sum + (values[index] ?? 0), 0) / of.length;
  return [...indices]
    .map(([id, of]) => ({
      ...{ id, count: of.length },
      similarity: mean(similarityToPicture, of),
      toAnchor: mean(similarity, of),
    }))
    .sort((a, b) => b.count - a.count || b.similarity - a.similarity || a.id - b.id);
}
