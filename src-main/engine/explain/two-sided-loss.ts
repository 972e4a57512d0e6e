import type { SimilarityRanking } from '../numeric/similarity-rank.ts';
import { hasRing } from '../../contract/objectives/has-ring.ts';
import { anchorLoss } from './explain-anchor.ts';
import type { AnchorLoss, ExplanationSettings } from './explain-anchor.ts';
import { PictureZones } from './picture-zones.ts';

/** The similarities of an anchor's candidates by one side, such as its lightness to their colour. */
interface CandidateSide {
  readonly similarities: Float64Array;
  readonly ranking: SimilarityRanking;
}

/** Both sides, the candidates in one order. */
export type CandidateSides = readonly [CandidateSide, CandidateSide];

/**
 * The loss of an anchor whose two sides are compared crosswise (CMC, Tian et al. 2020): each side against
 * the other side of its candidates. Every number is the mean of both sides, as the ledger has it; the
 * training adds the two losses up. A candidate's zone is that of the side in which it has the larger share.
 * @throws EngineError bad-argument if the loss has a ring and it is empty
 */
export function twoSidedLoss(
  sides: CandidateSides,
  positiveSimilarity: number,
  settings: ExplanationSettings,
): AnchorLoss {
  const [one, other] = sides.map(({ similarities, ranking }, side) =>
    anchorLoss({ similarities, positiveSimilarity }, ranking, settingsOf(settings, side)),
  ) as [AnchorLoss, AnchorLoss];
  const zones = zonesOfSides(sides, [one, other]);
  const columns = (name: ColumnName): Float64Array =>
    one[name].map((value, candidate) => mean(value, other[name][candidate] ?? 0));
  const number = (name: NumberName): number => mean(one[name], other[name]);
  return {
    ...{ loss: number('loss'), pull: number('pull'), debiasedShare: number('debiasedShare') },
    effectiveNegatives: number('effectiveNegatives'),
    clamped: one.clamped && other.clamped,
    ...{ share: columns('share'), unringedShare: columns('unringedShare') },
    ...{ pushes: columns('pushes'), weight: columns('weight'), importance: columns('importance') },
    zone: zones.zone,
    cutRanks: zones.cutRanks(hasRing(settings)),
  };
}

function zonesOfSides(sides: CandidateSides, losses: readonly [AnchorLoss, AnchorLoss]) {
  const count = sides[0].similarities.length;
  const zones = new PictureZones(count, count);
  for (const [index, { zone, share, unringedShare }] of losses.entries()) {
    const rank = sides[index]?.ranking.rank ?? new Uint32Array();
    for (let candidate = 0; candidate < count; candidate++) {
      zones.add(candidate, {
        rank: rank[candidate] as number,
        zone: zone[candidate] as number,
        share: share[candidate] as number,
        unringedShare: unringedShare[candidate] as number,
      });
    }
  }
  return zones;
}

type ColumnName = 'share' | 'unringedShare' | 'pushes' | 'weight' | 'importance';
type NumberName = 'loss' | 'pull' | 'debiasedShare' | 'effectiveNegatives';

/** The settings of a side, which has its own log Z. */
function settingsOf(settings: ExplanationSettings, side: number): ExplanationSettings {
  const { noise } = settings;
  const logNormaliser = noise?.logNormalisers?.[side];
  if (noise === undefined || logNormaliser === undefined) return settings;
  return { ...settings, noise: { ...noise, logNormalisers: [logNormaliser] } };
}

function mean(one: number, other: number): number {
  return (one + other) / 2;
}
