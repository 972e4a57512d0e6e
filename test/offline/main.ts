import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { obstacleToTracing, traceCommand } from './traced-command.ts';

/**
 * `npm run test:offline -- COMMAND …`: runs a command, with all processes that it starts, and fails where one of them
 * wanted to send anything to another machine.
 */
const command = process.argv.slice(2);
const obstacle = obstacleToTracing();
if (command.length === 0)
  fail('Name the command to be watched: npm run test:offline -- npm run demo');
else if (obstacle !== null) fail(`Nothing was checked. ${obstacle}`);
else await check();

async function check(): Promise<void> {
  const traceFile = join(tmpdir(), `negatoscope-offline-${process.pid}.txt`);
  const traced = await traceCommand(command, { traceFile });
  const { code, outgoing, calls, watched } = traced;
  if (code !== 0) fail(`The command ended with code ${code}.`);
  if (outgoing.length > 0) fail(`To other machines: ${outgoing.join(', ')}\n${calls.join('\n')}`);
  else console.log(`Nothing went out: ${watched} calls watched, none to another machine.`);
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
