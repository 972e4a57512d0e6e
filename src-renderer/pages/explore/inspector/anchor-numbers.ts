import type { AnchorLedger } from '../../../../src-main/contract/ledger.ts';
import type { Explanation } from '../../../../src-main/contract/negatives.ts';
import type { RunSummary } from '../../../../src-main/contract/runs.ts';
import type { CandidateSet } from '../../../app/anchor/explanation.svelte.ts';
import { formatPercent } from '../../../../src-main/contract/percent.ts';
import { formatCount } from '../../../../src-main/contract/format-count.ts';
import { formatNumber } from '../../../formats/formats.ts';
import { falseAmongTop } from '../bins/bin-rows.ts';
import { recordedNegatives } from '../../../../src-main/contract/recorded-negatives.ts';

/** A number of the anchor in words; `tone` is the bin in whose colour it stands out. */
interface AnchorNumber {
  readonly name: string;
  readonly meaning: string;
  readonly value: string;
  readonly tone: 'false' | 'hard' | null;
}

/** The numbers of an anchor, and what all of them were computed over. */
interface AnchorNumbers {
  readonly scope: string;
  /** The space of all similarities, and N. */
  readonly basis: string;
  readonly numbers: readonly AnchorNumber[];
}

const effective = {
  name: 'effective negatives',
  meaning:
    '(Σ p)² / Σ p² over the shares p that push: how many negatives would take the push as evenly',
};
const clampMeaning = 'The debiased estimate fell below its floor: no negative is pushed';

/** The numbers of an explanation: of the whole library, or of one batch. */
function explainedNumbers(
  explanation: Explanation,
  { epoch, run }: Pick<ShownOf, 'epoch' | 'run'>,
): AnchorNumbers {
  const { batch, candidates, negatives, effectiveNegatives, loss, space } = explanation;
  const top = Math.min(20, candidates);
  const falseCount = falseAmongTop(explanation, top);
  const after = epoch === null ? '' : `, after epoch ${epoch}`;
  const of = batch?.trained ? 'views' : 'pictures';
  return {
    scope: batch ? batchWords(batch, after) : `Whole library${after}`,
    basis: `on ${space}, N = ${formatCount(negatives)} ${of}`,
    numbers: [
      {
        ...effective,
        value: `${formatCount(Math.round(effectiveNegatives))} of ${formatCount(negatives)}`,
        tone: null,
      },
      { ...lossName(explanation, run), value: loss.toFixed(2), tone: null },
      {
        name: `false among top ${top}`,
        meaning: 'How many of its most similar pictures show the same thing, by verdict or label',
        value: `${falseCount} (${formatPercent(top === 0 ? 0 : falseCount / top, 0)})`,
        tone: falseCount > 0 ? 'false' : null,
      },
      {
        ...{ name: 'clamped', meaning: clampMeaning },
        ...clampedWords(explanation),
      },
    ],
  };
}

/** Of a run without a loss of its own it is that of the knobs. */
function lossName(
  { positive }: Explanation,
  run: ShownOf['run'],
): Pick<AnchorNumber, 'name' | 'meaning'> {
  if (run?.objective !== null) return { name: 'loss of this anchor', meaning: '' };
  const as = positive.from === 'itself' ? ', with the picture itself as its positive' : '';
  return {
    name: 'loss by the knobs',
    meaning: `The run was not trained by a loss: this is the one chosen below${as}`,
  };
}

/** Which batch it is: drawn with a seed, or the training's own. */
function batchWords(
  { size, seed, trained }: NonNullable<Explanation['batch']>,
  after: string,
): string {
  const batch = formatCount(size);
  if (trained) return `Its batch of ${batch} in epoch ${trained.epoch}`;
  return `One batch of ${batch}, seed ${seed ?? 0}${after}`;
}

/** In a step of the training each view of the anchor is clamped or not. */
function clampedWords({ clamped, batch }: Explanation): Pick<AnchorNumber, 'value' | 'tone'> {
  const part = batch?.trained?.clampedViews ?? (clamped ? 1 : 0);
  const isSome = part > 0 && part < 1;
  const value = isSome ? `${formatPercent(part, 0)} of its views` : part > 0 ? 'yes' : 'no';
  return { value, tone: part > 0 ? 'hard' : null };
}

/** The numbers that a training recorded of an anchor in an epoch, over all its negatives then. */
function recordedNumbers({ epoch, totals }: AnchorLedger, run: ShownOf['run']): AnchorNumbers {
  const { effectiveNegatives, loss, sameLabelShare, clamped, syntheticShare } = totals;
  const compared = run ? recordedNegatives(run) : null;
  const count = compared === null ? '' : formatCount(compared.count);
  return {
    scope: `In training, epoch ${epoch}`,
    basis: `on z, as each step had it${compared === null ? '' : `, N = ${count} ${compared.what}`}`,
    numbers: [
      {
        ...effective,
        value: `${formatNumber(effectiveNegatives, 1)}${count && ` of ${count}`}`,
        tone: null,
      },
      {
        ...{ name: 'loss of this anchor', meaning: 'As a mean over its views' },
        ...{ value: loss.toFixed(2), tone: null },
      },
      {
        name: 'share on its own label',
        meaning: 'The signed part of its gradient on negatives with its label',
        value: formatPercent(sameLabelShare),
        tone: sameLabelShare > 0 ? 'false' : null,
      },
      ...(syntheticShare === undefined ? [] : [syntheticNumber(syntheticShare)]),
      {
        ...{ name: 'views clamped', meaning: clampMeaning },
        ...{ value: formatPercent(clamped, 0), tone: clamped > 0 ? 'hard' : null },
      },
    ],
  };
}

function syntheticNumber(share: number): AnchorNumber {
  return {
    name: 'share on synthetic negatives',
    meaning:
      'The part of its gradient on negatives that were generated or mixed, which are no pictures',
    ...{ value: formatPercent(share), tone: null },
  };
}

/** What an anchor's numbers are of, beside the anchor. */
interface ShownOf {
  readonly candidateSet: CandidateSet;
  /** The epoch whose embeddings are explained; null for the run as it is. */
  readonly epoch: number | null;
  readonly run?: Pick<RunSummary, 'objective' | 'settings'> | undefined;
}

/** The numbers of what the anchor is compared with; in training none without a record of it. */
export function anchorNumbers(
  explanation: Explanation,
  ledger: AnchorLedger | null,
  { candidateSet, epoch, run }: ShownOf,
): AnchorNumbers {
  if (candidateSet !== 'training') return explainedNumbers(explanation, { epoch, run });
  if (ledger?.anchor.hash === explanation.anchor.hash) return recordedNumbers(ledger, run);
  return { scope: 'In training', basis: '', numbers: [] };
}
