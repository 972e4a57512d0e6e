import { describe, expect, it } from 'vitest';
import { TimeLeft } from '../../../src-main/engine/jobs/time-left.ts';

describe('TimeLeft', () => {
  it('says nothing before it has seen enough', () => {
    const timeLeft = new TimeLeft();
    timeLeft.restart(0, 0);
    expect(timeLeft.seconds(500, 0.5)).toBeNull();
    expect(timeLeft.seconds(5000, 0)).toBeNull();
  });

  it('extends the speed so far', () => {
    const timeLeft = new TimeLeft();
    timeLeft.restart(1000, 0);
    expect(timeLeft.seconds(11_000, 0.25)).toBeCloseTo(30);
  });

  it('counts neither the time paused nor what was done before', () => {
    const timeLeft = new TimeLeft();
    timeLeft.restart(1_000_000, 0.5);
    expect(timeLeft.seconds(1_010_000, 0.6)).toBeCloseTo(40);
  });
});
