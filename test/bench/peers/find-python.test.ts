import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../engine/store/temporary-library.ts';
import { findPython, pythonCandidates } from './find-python.ts';

function pythonHere(): string | null {
  try {
    return execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
      encoding: 'utf8',
    }).trim();
  } catch {
    return null;
  }
}

describe('the Python of a peer', () => {
  it('is the one that is named, else that of the path or of the system', () => {
    expect(pythonCandidates({ NEGATOSCOPE_PYTHON: '/opt/python' })).toEqual(['/opt/python']);
    expect(pythonCandidates({ NEGATOSCOPE_PYTHON: '' }).length).toBeGreaterThan(1);
  });

  it('is missed in a sentence with the command that installs the peer', async () => {
    const found = await findPython(['torch'], ['/nowhere/python']);
    expect(found).toEqual({
      missing:
        'PyTorch is not installed (no Python starts here): "npm run bench:peers-install" installs it on Debian and Ubuntu, "python3 -m pip install torch" elsewhere; NEGATOSCOPE_PYTHON names another Python.',
    });
  });

  it('without what the peer needs is passed over, and told', async ({ skip }) => {
    const python = pythonHere();
    if (python === null) return skip('there is no python3 here');
    // Python without its installed modules.
    const bare = join(temporaryFolder(), 'bare-python');
    writeFileSync(bare, `#!/bin/sh\nexec "${python}" -I -S "$@"\n`);
    chmodSync(bare, 0o755);
    const found = await findPython(['numpy', 'umap'], [bare]);
    expect('missing' in found && found.missing).toContain(
      `NumPy and umap-learn are not installed (not found by ${bare})`,
    );
    expect(await findPython([], [bare])).toEqual({ python: bare });
  });
});
