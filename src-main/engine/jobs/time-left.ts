/** Before this much of the work has been seen, an estimate would jump about. */
const leastSeconds = 1;
const leastProgress = 0.005;

/** Estimates how long a job still takes from how fast it went since it was last started or resumed. */
export class TimeLeft {
  #startedAt = 0;
  #startProgress = 0;

  /** Begins anew at `progress`, at `now` milliseconds: time spent paused must not count. */
  restart(now: number, progress: number): void {
    this.#startedAt = now;
    this.#startProgress = progress;
  }

  /** Seconds left, or null while too little was seen to tell. */
  seconds(now: number, progress: number): number | null {
    const elapsed = (now - this.#startedAt) / 1000;
    const done = progress - this.#startProgress;
    if (elapsed < leastSeconds || done < leastProgress) return null;
    return (elapsed / done) * (1 - progress);
  }
}
