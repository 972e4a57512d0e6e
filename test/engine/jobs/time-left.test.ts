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

  it('says nothing of a phase that jumps over what was done before, until its own speed is known', () => {
    const timeLeft = new TimeLeft();
    timeLeft.restart(0, 0);
    timeLeft.report(0, 0, 'Preparing');
    // A fifth was there already. 80 % at 0.4 % a second are 200 s, whatever the jump took.
    timeLeft.report(1500, 0.2, 'Computing 2 views');
    expect(timeLeft.seconds(1500, 0.2)).toBeNull();
    timeLeft.report(3500, 0.2, 'Computing 2 views: 0 of 100');
    expect(timeLeft.seconds(4000, 0.2)).toBeNull();
    timeLeft.report(13_500, 0.24, 'Computing 2 views: 5 of 100');
    expect(timeLeft.seconds(13_500, 0.24)).toBeCloseTo((10 / 0.04) * 0.76);
    // Epochs are ten times as fast: what was measured of views says nothing of them.
    timeLeft.report(60_000, 0.9, 'Epoch 1 of 30');
    expect(timeLeft.seconds(60_000, 0.9)).toBeNull();
    timeLeft.report(62_000, 0.95, 'Epoch 15 of 30');
    expect(timeLeft.seconds(62_000, 0.95)).toBeCloseTo(2);
  });
});
