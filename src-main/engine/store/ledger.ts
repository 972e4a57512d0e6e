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
      insert.run({ ...anchor, runId, epoch, negatives: encodeNegatives(anchor.negatives) });
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
  return row === undefined ? null : { ...row, negatives: decodeNegatives(row.negatives) };
}

/** The record of an anchor in an epoch, without its negatives. */
type LedgerTotals = Omit<LedgerAnchor, 'sampleId' | 'negatives'> & {
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
  for (const row of rows) yield { ...row, negatives: decodeNegatives(row.negatives) };
}

/**
 * The number of rows of each recorded epoch of a run, ascending by epoch; an anchor without negatives
 * is one row.
 */
export function ledgerSize(library: Library, runId: number): { epoch: number; rows: number }[] {
  return library
    .query<{ epoch: number; rows: number }>(
      `SELECT epoch, sum(max(1, length(negatives) / ${bytesPerNegative})) AS rows FROM ledger
       WHERE runId = ? GROUP BY epoch ORDER BY epoch`,
    )
    .all(runId);
}

/** Whether a run recorded anything. */
export function hasLedger(library: Library, runId: number): boolean {
  return library.query('SELECT 1 FROM ledger WHERE runId = ? LIMIT 1').get(runId) !== undefined;
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
