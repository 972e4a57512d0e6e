import { expect } from 'vitest';
import { ringOuterAt } from '../../src-main/engine/losses/annealing.ts';
import type { RingSchedule } from '../../src-main/engine/losses/annealing.ts';
import { describeCases, parameter } from './golden-cases.ts';
import type { GoldenCase } from './golden-cases.ts';
import { honour } from './honour.ts';

interface Values {
  readonly length: number;
  readonly values: readonly number[];
}

function scheduleOf(golden: GoldenCase, kind: string): RingSchedule {
  const common = {
    initial: parameter(golden, 'init_thres'),
    minimum: parameter(golden, 'min_thres'),
    annealSteps: parameter(golden, 'max_anneal_step'),
  };
  if (kind === 'linear') return { kind, ...common };
  if (kind === 'step') return { kind, ...common, level: parameter(golden, 'step_size') };
  if (kind === 'exponential') return { kind, ...common, decay: parameter(golden, 'decay') };
  throw new Error(`${golden.name} has a schedule "${kind}" that nothing here knows.`);
}

const known = ['total_steps', 'max_anneal_step', 'init_thres', 'min_thres', 'step_size', 'decay'];

describeCases('golden annealing of the ring', 'ring_anneal_schedule', (golden) => {
  honour(golden, known, {});
  const schedules = golden.expected['schedules'] as Readonly<Record<string, Values>>;
  expect(Object.keys(schedules)).not.toEqual([]);
  for (const [kind, { length, values }] of Object.entries(schedules)) {
    const schedule = scheduleOf(golden, kind);
    expect(values.length, kind).toBe(length);
    for (const [step, value] of values.entries()) {
      expect(Math.abs(ringOuterAt(schedule, step) - value), `${kind} ${step}`).toBeLessThan(1e-12);
    }
  }
});
