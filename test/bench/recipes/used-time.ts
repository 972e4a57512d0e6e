/** What a job took: by the clock, and of the processor in all threads, which other programs change little. */
export interface UsedTime {
  readonly seconds: number;
  readonly processorSeconds: number;
}

/** Gives a function that says what was used since. */
export function startClock(): () => UsedTime {
  const started = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return {
      seconds: (performance.now() - started) / 1000,
      processorSeconds: (user + system) / 1e6,
    };
  };
}
