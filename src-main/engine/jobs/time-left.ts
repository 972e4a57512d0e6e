/** The share of the work before which an estimate would vary too much. */
const leastSeconds = 1;
const leastProgress = 0.005;

/**
 * Estimates how long a job still takes, from its speed in the phase that it is in: phases go at speeds
 * of their own, and what was done before is passed over at once.
 */
export class TimeLeft {
  #startedAt = 0;
  #startProgress = 0;
  #phase = '';

  /** Starts a new measurement at `progress`, at `now` milliseconds: time in a pause must not count. */
  restart(now: number, progress: number): void {
    this.#startedAt = now;
    this.#startProgress = progress;
  }

  /**
   * Notes a job's report. What says in other words what is being done, whatever the numbers in it,
   * begins a phase, and with it a new measurement.
   */
  report(now: number, progress: number, doing: string): void {
    const phase = doing.replace(/\d[\d.,]*/g, '');
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.restart(now, progress);
  }

  /** Seconds left, or null where too little of the phase is done for an estimate. */
  seconds(now: number, progress: number): number | null {
    const elapsed = (now - this.#startedAt) / 1000;
    const done = progress - this.#startProgress;
    if (elapsed < leastSeconds || done < leastProgress) return null;
    return (elapsed / done) * (1 - progress);
  }
}
