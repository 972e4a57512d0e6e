import type { RunReference } from '../../../contract/runs.ts';
import type { Run } from '../../store/runs.ts';

/** What a head's run records of the frozen encoder before it. */
export interface FrozenRecord {
  readonly on: RunReference;
  readonly name: string;
  readonly hash: string;
  readonly dimensions: number;
  readonly whitened: number | null;
}

/** The record of the frozen encoder on whose features a run was trained; null for other runs. */
export function frozenOf({ settings }: Pick<Run, 'settings'>): FrozenRecord | null {
  return (settings['frozen'] as FrozenRecord | undefined) ?? null;
}
