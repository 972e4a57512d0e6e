import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printTable } from '../../src-main/cli/text-table.ts';
import { checkOut, checkoutFolder } from './checkout.ts';
import { DebianRoot, whyNoMachine } from './debian-root.ts';
import { faultOf, quickSteps, wholeSteps } from './steps.ts';

/**
 * `npm run test:fresh-machine [-- --quick] [--only SUITE/NPM …]`: the README's two commands on a bare
 * Debian with each of its Nodes and npms, by an ordinary user, in a folder with a space.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
});

/** Debian 13 has Node 20 and npm 9, Debian 12 has Node 18 and npm 9. */
const machines = [
  { suite: 'trixie', npm: 9 },
  { suite: 'trixie', npm: 10 },
  { suite: 'trixie', npm: 11 },
  { suite: 'bookworm', npm: 9 },
];

const folder = join(import.meta.dirname, '../../.cache/fresh-machine');
const steps = values.quick ? quickSteps : wholeSteps;
const rows: string[][] = [];

// What runs in the machine ends with this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

const chosen = machines.filter(
  ({ suite, npm }) => values.only?.includes(`${suite}/${npm}`) ?? true,
);
const obstacle = whyNoMachine();
if (chosen.length === 0) {
  console.error(`--only takes ${machines.map(({ suite, npm }) => `${suite}/${npm}`).join(', ')}`);
  process.exitCode = 2;
} else if (obstacle !== null) {
  console.log(`skipped: ${obstacle}`);
} else {
  for (const { suite, npm } of chosen) await tryOn(suite, npm);
  printTable([['debian', 'node', 'npm', 'step', 'seconds', ''], ...rows], process.stdout);
  process.exitCode = rows.every((row) => row.at(-1) === 'ok' || row[3] === 'skipped') ? 0 : 1;
}

async function tryOn(suite: string, npm: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const log = join(folder, `${suite}-npm-${npm}.log`);
  rmSync(log, { force: true });
  let root: DebianRoot;
  let npmFolder: string | null;
  try {
    root = new DebianRoot(join(folder, suite));
    await root.build(suite, log);
    npmFolder = await root.installNpm(npm, log);
    await checkOut(root, log);
  } catch (error) {
    add([
      suite,
      '',
      `${npm}`,
      'skipped',
      '',
      error instanceof Error ? error.message : String(error),
    ]);
    return;
  }
  const versions = await root.asUser('node --version && npm --version', npmFolder, { log });
  const [nodeVersion = '', npmVersion = ''] = versions.output.trim().split('\n');
  for (const step of steps) {
    const started = performance.now();
    const command = `cd '${checkoutFolder}' && ${step.command}`;
    const stopsAt = step.isServer ? step.says : undefined;
    const result = await root.asUser(command, npmFolder, { log, stopsAt });
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const fault = faultOf(step, result);
    add([suite, nodeVersion, npmVersion, step.command, seconds, fault ?? 'ok']);
    if (fault !== null && step === steps[0]) break;
  }
}

/** A row of the table, told at once too: the whole takes long. */
function add(row: string[]): void {
  rows.push(row);
  console.log(row.join('  '));
}
