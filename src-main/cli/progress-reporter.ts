import { Presets, SingleBar } from 'cli-progress';
import type { JobStatus } from '../contract/jobs.ts';

/** Shows the progress of a job on standard error, since standard output is for results. */
export interface ProgressReporter {
  show(status: JobStatus): void;
  end(): void;
}

/** A bar on a terminal, JSON lines for programs, or an occasional line for log files. */
export function progressReporter(json: boolean, stream: NodeJS.WriteStream): ProgressReporter {
  if (json) return jsonLines(stream);
  return stream.isTTY ? bar(stream) : plainLines(stream);
}

function jsonLines(stream: NodeJS.WriteStream): ProgressReporter {
  return {
    show({ job, kind, state, progress, message, secondsLeft, run, detail }) {
      const line = { job, kind, state, progress, message, secondsLeft, run, ...detail };
      stream.write(`${JSON.stringify(line)}\n`);
    },
    end: () => undefined,
  };
}

const widestMessage = 40;

function bar(stream: NodeJS.WriteStream): ProgressReporter {
  const format = '{title} {bar} {percentage}% {left} {message}';
  const options = { format, stream, hideCursor: true, clearOnComplete: true, barsize: 24 };
  const single = new SingleBar(options, Presets.shades_classic);
  let isStarted = false;
  return {
    show({ title, progress, message, secondsLeft }) {
      const left = secondsLeft === null ? '' : `${duration(secondsLeft)} left`;
      const payload = { title, left, message: message.slice(-widestMessage) };
      if (isStarted) single.update(progress, payload);
      else single.start(1, progress, payload);
      isStarted = true;
    },
    end() {
      if (isStarted) single.stop();
    },
  };
}

function plainLines(stream: NodeJS.WriteStream): ProgressReporter {
  let shownTenth = -1;
  return {
    show({ title, progress, message }) {
      const tenth = Math.floor(progress * 10);
      if (tenth === shownTenth) return;
      shownTenth = tenth;
      stream.write(`${title}: ${tenth * 10} % ${message}\n`);
    },
    end: () => undefined,
  };
}

/** A duration in words: 95 seconds is `1:35`. */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
