#!/usr/bin/env node
import { spawn } from 'node:child_process';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** better-sqlite3 crashes on older Nodes, and only newer ones run TypeScript as it is. */
const oldestNode = 24;

if (Number.parseInt(process.versions.node, 10) >= oldestNode) {
  nodeModule.enableCompileCache();
  await import('./main.ts');
} else {
  runOnPinnedNode();
}

/** The package `node` brings the version that this project was tested with. */
function runOnPinnedNode() {
  const args = ['--no-warnings', fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const child = spawn(pinnedNode(), args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => (process.exitCode = code ?? 1));
  child.on('error', () => {
    process.stderr.write(
      `Negatoscope needs Node ${oldestNode} or newer (this is ${process.versions.node}); run npm ci in its folder, which brings one.\n`,
    );
    process.exitCode = 1;
  });
}

function pinnedNode() {
  try {
    const folder = dirname(nodeModule.createRequire(import.meta.url).resolve('node/package.json'));
    return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    return 'the pinned Node is not installed';
  }
}
