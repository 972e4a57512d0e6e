import type { StepPlacement } from '../contract/devices.ts';

const processor = 'CPUExecutionProvider';

/**
 * Rows of a table, the head first: by device and step how many operators run on the device and on the
 * processor, and which these are.
 */
export function placementRows(placements: readonly StepPlacement[]): string[][] {
  return [['device', 'step', 'on it', 'on cpu', 'operators'], ...placements.flatMap(rowsOf)];
}

function rowsOf({ device, step, operators, error }: StepPlacement): string[][] {
  if (error !== null) return [[device, step, '–', '–', `cannot be run: ${error}`]];
  const isHere = ({ provider }: { readonly provider: string }): boolean =>
    (provider === processor) === (device === 'cpu');
  const [here, elsewhere] = [operators.filter(isHere), operators.filter((one) => !isHere(one))];
  const rows = [[device, step, sum(here), sum(elsewhere), `on ${device}: ${listed(here)}`]];
  if (elsewhere.length > 0) rows.push(['', '', '', '', `on cpu: ${listed(elsewhere)}`]);
  return rows;
}

function sum(operators: StepPlacement['operators']): string {
  return String(operators.reduce((total, { count }) => total + count, 0));
}

function listed(operators: StepPlacement['operators']): string {
  return operators.map(({ operator, count }) => `${operator} ${count}`).join(', ');
}
