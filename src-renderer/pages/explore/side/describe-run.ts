import { scoreWords } from '../../../../src-main/contract/run-scores.ts';
import { objectiveText, type RunSummary } from '../../../../src-main/contract/runs.ts';
import { formatPercent } from '../../../../src-main/contract/percent.ts';
import { countOf, formatNumber } from '../../../formats/formats.ts';

const symbols = [
  ['temperature', 't'],
  ['beta', 'β'],
  ['tauPlus', 'τ⁺'],
  ['ringOuter', 'outer'],
  ['ringInner', 'inner'],
] as const;

/** What a run is, in one line: its settings and its precision at 20. */
export function describeRun(run: RunSummary): string {
  if (run.kind === 'loaded') return objectiveText({ objective: null, kind: run.kind });
  if (run.kind === 'imported') {
    return run.epochs > 0 ? `imported · ${countOf(run.epochs, 'epoch')}` : 'imported';
  }
  const settings = symbols.flatMap(([key, symbol]) => {
    const value = run.settings[key];
    return typeof value === 'number' ? `${symbol} ${formatNumber(value, 2)}` : [];
  });
  const { precisionAt20 } = run.metrics;
  const parts = [countOf(run.epochs, 'epoch'), ...settings];
  if (precisionAt20 !== undefined)
    parts.push(`${scoreWords.precisionAt20.short}\u00a0${formatPercent(precisionAt20)}`);
  return parts.join(' · ');
}
