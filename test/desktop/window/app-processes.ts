import { spawnSync } from 'node:child_process';
import type { AppUnderTest } from './app-under-test.ts';

/** What a process of the app is for. */
type ProcessRole = 'engine' | 'page' | 'graphics';

const marks: Readonly<Record<ProcessRole, string>> = {
  engine: 'engine-process.js',
  page: '--type=renderer',
  graphics: '--type=gpu-process',
};

/** The processes that the app has started for this, by their ids; Chromium's are begun by one of its own. */
export function processesOf({ electron }: AppUnderTest, role: ProcessRole): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const all = stdout.split('\n').flatMap((line) => {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return args === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args }];
  });
  const family = new Set([electron.process().pid]);
  for (let known = 0; known < family.size;) {
    known = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all
    .filter(({ pid, args }) => family.has(pid) && args.includes(marks[role]))
    .map(({ pid }) => pid);
}

/** The one process of the app for this. */
export function processOf(app: AppUnderTest, role: ProcessRole): number {
  const [pid] = processesOf(app, role);
  if (pid === undefined) throw new Error(`The app has no process for ${role}.`);
  return pid;
}
