import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython, pythonCandidates } from './find-python.ts';
import { measuredSideOf } from './results.ts';
import type { MeasuredRow, MeasuredSide } from './results.ts';
import { runTurn, TurnFailed } from './run-turn.ts';
import type { TurnPlace } from './run-turn.ts';
import { ratiosByTurn, spreadOf } from './spread.ts';
import type { Bar, Side, Sizes, TurnResult, Work, WorkRow } from './work.ts';

/** How work is measured. */
export interface Measuring {
  readonly turns: number;
  readonly hasPeers: boolean;
  readonly signal: AbortSignal;
  /** Told what is being done. */
  readonly say: (line: string) => void;
}

/** The rows of some work, and sentences on what could not be measured. */
export interface MeasuredWork {
  readonly rows: readonly MeasuredRow[];
  readonly notMeasured: readonly string[];
  /** Whether a turn failed, other than for a peer that is not there. */
  readonly hasFailed: boolean;
}

/**
 * Measures a piece of work: ours and the peer in turn, each turn in a process of its own. A peer that is not there, or
 * a turn that fails, is told in a sentence.
 * @throws the signal's reason
 */
export async function measureWork(
  work: Work,
  sizes: Sizes,
  measuring: Measuring,
): Promise<MeasuredWork> {
  const temporary = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'));
  try {
    const ours = await pythonOf(work.ours);
    if ('missing' in ours) return left(`${work.name}: ${ours.missing}`);
    const peer = work.peer && measuring.hasPeers ? await pythonOf(work.peer) : null;
    const isMissing = peer !== null && 'missing' in peer;
    const folder = join(temporary, 'work');
    mkdirSync(folder);
    if (work.prepare) {
      measuring.say(`${work.name}: preparing`);
      await work.prepare(folder, sizes);
    }
    const place = { folder, temporary, signal: measuring.signal };
    const turned = await takeTurns(work, sizes, measuring, {
      ours: { ...place, ...ours },
      peer: peer === null || 'missing' in peer ? null : { ...place, ...peer },
    });
    const rows = work.rows.map((row) => measuredRowOf(row, sizes, turned));
    const notMeasured = isMissing ? [`${work.name}: ${peer.missing}`] : [];
    return { rows, notMeasured, hasFailed: false };
  } catch (error) {
    if (!(error instanceof TurnFailed)) throw error;
    return { ...left(`${work.name}: a turn failed. ${error.message}`), hasFailed: true };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function left(sentence: string): MeasuredWork {
  return { rows: [], notMeasured: [sentence], hasFailed: false };
}

async function pythonOf(
  side: Side,
): Promise<{ readonly python: string | null } | { readonly missing: string }> {
  if (side.kind === 'node') return { python: null };
  return await findPython(side.needs, pythonCandidates(process.env));
}

/** What the turns of both sides gave. */
interface Turned {
  readonly ours: readonly TurnResult[];
  readonly peer: readonly TurnResult[];
}

async function takeTurns(
  work: Work,
  sizes: Sizes,
  { turns, say }: Measuring,
  places: { readonly ours: TurnPlace; readonly peer: TurnPlace | null },
): Promise<Turned> {
  const [ours, peer]: [TurnResult[], TurnResult[]] = [[], []];
  for (let turn = 1; turn <= turns; turn += 1) {
    say(`${work.name}: turn ${turn} of ${turns}`);
    ours.push(await runTurn(work.ours, sizes, places.ours));
    if (work.peer && places.peer) {
      say(`${work.name}: turn ${turn} of ${turns}, the peer`);
      peer.push(await runTurn(work.peer, sizes, places.peer));
    }
  }
  return { ours, peer };
}

function measuredRowOf(row: WorkRow, sizes: Sizes, turned: Turned): MeasuredRow {
  const ours = sideOf(row, turned.ours);
  const peer = turned.peer.length === 0 ? null : sideOf(row, turned.peer);
  const turns = peer && ratiosByTurn(ours.turns, peer.turns);
  const ratio = turns && { ...spreadOf(turns), turns };
  return {
    ...{ name: row.name, title: row.title, sizes, ours, peer, ratio, bar: row.bar },
    keepsBar: keepsBar(row.bar, ours.median, ratio?.median ?? null),
  };
}

function sideOf({ figure }: WorkRow, results: readonly TurnResult[]): MeasuredSide {
  const turns = results.map(({ by, seconds }) => {
    const value = seconds[figure];
    if (value === undefined) throw new TurnFailed(`${by} printed no seconds of "${figure}".`);
    return value;
  });
  const notes = results.map((result) => result.notes);
  return measuredSideOf(results[0]?.by ?? '', turns, notes);
}

/** Whether a median keeps a bar; null where there is nothing to say. */
export function keepsBar(bar: Bar | null, seconds: number, ratio: number | null): boolean | null {
  if (bar === null) return null;
  if ('atMost' in bar) return seconds <= bar.atMost;
  return ratio === null ? null : ratio >= bar.atLeast;
}
