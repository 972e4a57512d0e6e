import '../launch/no-telemetry.cjs';
import packageDescription from '../../package.json' with { type: 'json' };
import { CommandLine } from './command-line.ts';
import type { GlobalOptions } from './command-line.ts';
import { commandLineOptions } from './command-line-options.ts';
import { exitCodeOf, reportError } from './exit-code.ts';
import { createProgram } from './program.ts';

const program = createProgram(
  packageDescription.version,
  (command) => new CommandLine(command.optsWithGlobals<GlobalOptions>(), commandLineOptions()),
);
try {
  await program.parseAsync(process.argv);
} catch (error) {
  reportError(error, process.argv.includes('--json'), process.stderr);
  process.exitCode = exitCodeOf(error);
}
