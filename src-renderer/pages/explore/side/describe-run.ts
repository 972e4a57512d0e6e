import { objectiveText, type RunSummary } from '../../../../src-main/contract/runs.ts';
import { countOf, formatNumber, formatPercent } from '../../../formats/formats.ts';

const symbols = [
  ['temperature', 't'],
  ['beta', 'β'],
  ['tauPlus', 'τ⁺'],
  ['ringOuter', 'outer'],
  ['ringInner', 'inner'],
] as const;

/** What a run is, in one line: its settings and how often its hardest negatives were false. */
export function describeRun(run: RunSummary): string {
  if (run.kind === 'loaded') return objectiveText({ objective: null, kind: run.kind });
  if (run.kind === 'imported') {
    return run.epochs > 0 ? `imported · ${countOf(run.epochs, 'epoch')}` : 'imported';
  }
  const settings = symbols.flatMap(([key, symbol]) => {
    const value = run.settings[key];
    return typeof value === 'number' ? `${symbol} ${formatNumber(value, 2)}` : [];
  });
  const { falseNegativeRate } = run.metrics;
  const parts = [countOf(run.epochs, 'epoch'), ...settings];
  if (falseNegativeRate !== undefined) parts.push(`false ${formatPercent(falseNegativeRate)}`);
  return parts.join(' · ');
}
