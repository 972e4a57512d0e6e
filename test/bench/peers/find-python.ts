import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { missingPeerSentence } from './peer-packages.ts';
import type { PeerModule } from './peer-packages.ts';

/** A Python that has what a peer needs, or why there is none. */
export type FoundPython = { readonly python: string } | { readonly missing: string };

/** Prints which of the modules named by its arguments are not there, without importing them. */
const lookFor =
  'import importlib.util, sys; print(" ".join(m for m in sys.argv[1:] if importlib.util.find_spec(m) is None))';

/** The Pythons that are looked at: the chosen one, else the one of the path and the system's own. */
export function pythonCandidates(env: Readonly<Record<string, string | undefined>>): string[] {
  const chosen = env['NEGATOSCOPE_PYTHON'];
  if (chosen !== undefined && chosen !== '') return [chosen];
  return process.platform === 'win32' ? ['python', 'py'] : ['python3', '/usr/bin/python3'];
}

/** The first of some Pythons that can import all of the modules. */
export async function findPython(
  modules: readonly PeerModule[],
  candidates: readonly string[],
): Promise<FoundPython> {
  const looked: string[] = [];
  let fewest: readonly PeerModule[] = modules;
  for (const python of candidates) {
    const missing = await missingIn(python, modules);
    if (missing === null) continue;
    if (missing.length === 0) return { python };
    looked.push(python);
    if (missing.length < fewest.length) fewest = missing;
  }
  return { missing: missingPeerSentence(fewest, looked) };
}

/** The modules that a Python has not; null where it does not start. */
async function missingIn(
  python: string,
  modules: readonly PeerModule[],
): Promise<readonly PeerModule[] | null> {
  try {
    const { stdout } = await promisify(execFile)(python, ['-c', lookFor, ...modules]);
    const missing = new Set(stdout.trim().split(/\s+/));
    return modules.filter((module) => missing.has(module));
  } catch {
    return null;
  }
}
