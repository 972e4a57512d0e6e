import type { AppFacts } from './app-facts.ts';

const notKnown = 'not known';

/** What “About Negatoscope” says. */
export function aboutText(facts: AppFacts): string {
  return lines(commonRows(facts));
}

/**
 * What “Copy Diagnostics” copies: the facts, the graphics' state, how many crashes were kept, and the
 * log's last lines, from which paths were taken out before.
 */
export function diagnosticsText(
  facts: AppFacts,
  more: { readonly graphics: string; readonly crashes: number; readonly log: string },
): string {
  const rows: Rows = [
    ['Negatoscope', facts.version],
    ...commonRows(facts),
    ['System', facts.system],
    ['Machine', facts.machine],
    ['Graphics', more.graphics],
    ['Library', facts.counts ?? 'none is open'],
    ['Crashes kept', String(more.crashes)],
  ];
  return `${lines(rows)}\n\nThe end of the log, without paths:\n${more.log}\n`;
}

type Rows = readonly (readonly [name: string, value: string])[];

function commonRows(facts: AppFacts): Rows {
  return [
    ['Electron', facts.electron],
    ['Chromium', facts.chromium],
    ['Engine', engineWords(facts)],
    ['Device', facts.device ?? notKnown],
    ['Library format', String(facts.libraryFormat)],
  ];
}

function engineWords({ isEngineRemote, engineNode }: AppFacts): string {
  if (isEngineRemote) return 'on another machine';
  return `Node ${engineNode?.replace(/^v/, '') ?? notKnown}`;
}

function lines(rows: Rows): string {
  return rows.map(([name, value]) => `${name}: ${value}`).join('\n');
}
