import { readFileSync, writeFileSync } from 'node:fs';

/** Measures how much memory this process took at most since `begin`, beyond what it had then. */
export interface MemoryPeak {
  begin(): void;
  /** In bytes. */
  growth(): number;
}

/**
 * On Linux the peak of each piece of work by itself. Elsewhere the peak of the process, which shows
 * growth only beyond all that was before.
 */
export function memoryPeak(): MemoryPeak {
  let before = 0;
  const peak = isLinux ? linuxPeak : () => process.resourceUsage().maxRSS * 1024;
  return {
    begin: () => {
      // 5 sets the peak back to what the process has at present (proc(5)).
      if (isLinux) writeFileSync('/proc/self/clear_refs', '5');
      before = peak();
    },
    growth: () => Math.max(0, peak() - before),
  };
}

const isLinux = process.platform === 'linux';

function linuxPeak(): number {
  const [, kilobytes = '0'] =
    /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
