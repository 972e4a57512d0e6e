import { toBlob, toFloat32Array, toUint32Array } from './blobs.ts';
import type { Library } from './library-file.ts';

const bytesPerNegative = 4 * 4 + 2 + 1;

/** The recorded negatives of an anchor as columns, those with the most of its gradient first. */
export interface LedgerNegatives {
  readonly ids: Uint32Array;
  /** Mean cosine over the occurrences of the two. */
  readonly similarity: Float32Array;
  /** Mean relative weight N q; 1 where all weigh alike, 0 of a positive, which no weight is of. */
  readonly weight: Float32Array;
  /** Signed share of the anchor's gradient; below 0 the negative was attracted. */
  readonly share: Float32Array;
  /** Number of occurrences of the two in the epoch; each view of either picture counts. */
  readonly met: Uint16Array;
  /** 0 more similar than the ring, 1 in it, 2 less similar; 3 a positive of the loss, and no negative. */
  readonly zone: Uint8Array;
  /** 1 where the training knew that the two were judged different, else 0; left out where none is. */
  readonly judgedDifferent?: Uint8Array;
}

/** The bit of a stored zone's byte that says that the two were judged different. */
const differentBit = 4;

/** The record of one anchor in one epoch of a training; means are over the anchor's views. */
export interface LedgerAnchor {
  readonly sampleId: number;
  readonly loss: number;
  /** (Σ p)² / Σ p² of the pushes p; before version 10 of the library 1 / Σ q². */
  readonly effectiveNegatives: number;
  /** The share of the anchor's views, 0 to 1, whose negatives had no gradient. */
  readonly clamped: number;
  /** The signed share of the gradient on negatives with the anchor's label. */
  readonly sameLabelShare: number;
  /**
   * The share of the gradient on synthetic negatives, which are no pictures; left out where the training
   * made none, or was by an earlier version.
   */
  readonly syntheticShare?: number;
  readonly negatives: LedgerNegatives;
}

/** Stores the anchors of an epoch in one transaction, replacing those stored for the epoch before. */
export function saveLedger(
  library: Library,
  runId: number,
  epoch: number,
  anchors: Iterable<LedgerAnchor>,
): void {
  const insert = library.query(
    `INSERT OR REPLACE INTO ledger
     (runId, epoch, sampleId, loss, effectiveNegatives, clamped, sameLabelShare, negatives)
     VALUES (@runId, @epoch, @sampleId, @loss, @effectiveNegatives, @clamped, @sameLabelShare, @negatives)`,
  );
  library.write(() => {
    for (const anchor of anchors) {
      const { syntheticShare, ...row } = anchor;
      const negatives = encodeNegatives(withSynthetic(anchor.negatives, syntheticShare));
      insert.run({ ...row, runId, epoch, negatives });
    }
  });
}

/** The record of an anchor in an epoch of a run, or null. */
export function readLedger(
  library: Library,
  runId: number,
  epoch: number,
  sampleId: number,
): LedgerAnchor | null {
  const row = library
    .query<Omit<LedgerAnchor, 'negatives'> & { negatives: Buffer }>(
      `SELECT sampleId, loss, effectiveNegatives, clamped, sameLabelShare, negatives
       FROM ledger WHERE runId = ? AND epoch = ? AND sampleId = ?`,
    )
    .get(runId, epoch, sampleId);
  return row === undefined ? null : { ...row, ...decodedNegatives(row.negatives) };
}

/** The record of an anchor in an epoch, without its negatives. */
type LedgerTotals = Omit<LedgerAnchor, 'sampleId' | 'negatives' | 'syntheticShare'> & {
  readonly epoch: number;
};

/** The totals of an anchor in every epoch that recorded it, ascending by epoch. */
export function ledgerTotals(library: Library, runId: number, sampleId: number): LedgerTotals[] {
  // Every recorded epoch has a checkpoint. Searching these few rows first avoids a scan of the whole
  // ledger.
  return library
    .query<LedgerTotals>(
      `SELECT ledger.epoch, ledger.loss, effectiveNegatives, clamped, sameLabelShare
       FROM checkpoints CROSS JOIN ledger
       ON ledger.runId = checkpoints.runId AND ledger.epoch = checkpoints.epoch
       WHERE checkpoints.runId = @runId AND sampleId = @sampleId
       ORDER BY ledger.epoch`,
    )
    .all({ runId, sampleId });
}

/** The last epoch that a run recorded, or null. */
export function lastLedgerEpoch(library: Library, runId: number): number | null {
  const row = library
    .query<{ epoch: number | null }>('SELECT max(epoch) AS epoch FROM ledger WHERE runId = ?')
    .get(runId);
  return row?.epoch ?? null;
}

/** The sample ids of all anchors that an epoch of a run recorded. */
export function ledgerAnchorIds(
  library: Library,
  runId: number,
  epoch: number,
): ReadonlySet<number> {
  const rows = library
    .query<{ sampleId: number }>('SELECT sampleId FROM ledger WHERE runId = ? AND epoch = ?')
    .all(runId, epoch);
  return new Set(rows.map(({ sampleId }) => sampleId));
}

/** All anchors that an epoch of a run recorded, one at a time, ordered by sample id. */
export function* ledgerEpoch(
  library: Library,
  runId: number,
  epoch: number,
): Generator<LedgerAnchor> {
  const rows = library
    .query<Omit<LedgerAnchor, 'negatives'> & { negatives: Buffer }>(
      `SELECT sampleId, loss, effectiveNegatives, clamped, sameLabelShare, negatives
       FROM ledger WHERE runId = ? AND epoch = ? ORDER BY sampleId`,
    )
    .iterate(runId, epoch);
  for (const row of rows) yield { ...row, ...decodedNegatives(row.negatives) };
}

/**
 * The number of rows of each recorded epoch of a run, ascending by epoch; an anchor without negatives
 * is one row.
 */
export function ledgerSize(library: Library, runId: number): { epoch: number; rows: number }[] {
  return library
    .query<{ epoch: number; rows: number }>(
      `SELECT epoch, sum(max(1, length(negatives) / ${bytesPerNegative} -
         (substr(negatives, 1, 4) = x'00000000'))) AS rows FROM ledger
       WHERE runId = ? GROUP BY epoch ORDER BY epoch`,
    )
    .all(runId);
}

/** Whether a run recorded anything. */
export function hasLedger(library: Library, runId: number): boolean {
  return library.query('SELECT 1 FROM ledger WHERE runId = ? LIMIT 1').get(runId) !== undefined;
}

/** Stands in the first row for all synthetic negatives; sample ids begin at 1. */
const syntheticId = 0;

/** The columns with one row more before the others, whose share is that of all synthetic negatives. */
function withSynthetic(negatives: LedgerNegatives, share: number | undefined): LedgerNegatives {
  if (share === undefined) return negatives;
  const { ids, similarity, weight, met, zone, judgedDifferent } = negatives;
  return {
    ids: Uint32Array.from([syntheticId, ...ids]),
    similarity: Float32Array.from([0, ...similarity]),
    weight: Float32Array.from([0, ...weight]),
    share: Float32Array.from([share, ...negatives.share]),
    met: Uint16Array.from([0, ...met]),
    zone: Uint8Array.from([0, ...zone]),
    ...(judgedDifferent && { judgedDifferent: Uint8Array.from([0, ...judgedDifferent]) }),
  };
}

/** The negatives that are pictures, and the share of the synthetic ones where there are any. */
function decodedNegatives(blob: Buffer): Pick<LedgerAnchor, 'negatives' | 'syntheticShare'> {
  const all = decodeNegatives(blob);
  if (all.ids[0] !== syntheticId) return { negatives: all };
  const { ids, similarity, weight, share, met, zone, judgedDifferent } = all;
  const negatives = {
    ids: ids.subarray(1),
    similarity: similarity.subarray(1),
    weight: weight.subarray(1),
    share: share.subarray(1),
    met: met.subarray(1),
    zone: zone.subarray(1),
    ...(judgedDifferent && { judgedDifferent: judgedDifferent.subarray(1) }),
  };
  return { negatives, syntheticShare: share[0] ?? 0 };
}

function encodeNegatives(negatives: LedgerNegatives): Buffer {
  const { ids, similarity, weight, share, met, zone, judgedDifferent } = negatives;
  const marked = judgedDifferent
    ? zone.map((one, index) => one + differentBit * (judgedDifferent[index] ?? 0))
    : zone;
  return Buffer.concat([ids, similarity, weight, share, met, marked].map(toBlob));
}

function decodeNegatives(blob: Buffer): LedgerNegatives {
  const count = blob.length / bytesPerNegative;
  const column = (index: number): Uint8Array =>
    blob.subarray(4 * count * index, 4 * count * (index + 1));
  const met = new Uint8Array(blob.subarray(16 * count, 18 * count));
  const marked = new Uint8Array(blob.subarray(18 * count));
  return {
    ids: toUint32Array(column(0)),
    similarity: toFloat32Array(column(1)),
    weight: toFloat32Array(column(2)),
    share: toFloat32Array(column(3)),
    met: new Uint16Array(met.buffer),
    zone: marked.map((one) => one % differentBit),
    ...(marked.some((one) => one >= differentBit) && {
      judgedDifferent: marked.map((one) => Math.floor(one / differentBit)),
    }),
  };
}
