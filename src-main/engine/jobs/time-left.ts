/** The share of the work before which an estimate would vary too much. */
const leastSeconds = 1;
const leastProgress = 0.005;

/** Estimates how long a job still takes, from its speed since it was last started or resumed. */
export class TimeLeft {
  #startedAt = 0;
  #startProgress = 0;

  /** Starts a new measurement at `progress`, at `now` milliseconds: time in a pause must not count. */
  restart(now: number, progress: number): void {
    this.#startedAt = now;
    this.#startProgress = progress;
  }

  /** Seconds left, or null where too little of the work is done for an estimate. */
  seconds(now: number, progress: number): number | null {
    const elapsed = (now - this.#startedAt) / 1000;
    const done = progress - this.#startProgress;
    if (elapsed < leastSeconds || done < leastProgress) return null;
    return (elapsed / done) * (1 - progress);
  }
}
