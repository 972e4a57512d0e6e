'use strict';
// Old Nodes read these files, to say that they are too old: no syntax that Node 10 does not know.
const childProcess = require('child_process');
const fs = require('fs');
const nodeModule = require('module');
const path = require('path');
const { isatty } = require('tty');
require('./no-telemetry.cjs');
const { findPinnedNode } = require('./pinned-node.cjs');
const { isOlder, tooOld } = require('./too-old.cjs');

/**
 * Compiled modules, which start sooner. In a place of this project's owner, as nobody else may say what
 * runs; nothing is kept where it cannot be written.
 */
const compileCache = path.join(__dirname, '../../node_modules/.cache/node-compile-cache');

/** On older ones ONNX Runtime does not take numbers of 16 bits, which a training gives it. */
const oldestOwnNode = '24.9';

/** Runs a program of this project on the pinned Node, else on this one where it is new enough. */
function launch(entry, args) {
  const obstacle = tooOld(process.versions.node, process.env.npm_config_user_agent);
  if (obstacle !== null) return refuse(obstacle);
  // Threads, which then start in half the time, and processes begun from here take it up too.
  process.env.NODE_COMPILE_CACHE = process.env.NODE_COMPILE_CACHE || compileCache;
  const pinned = findPinnedNode();
  if (pinned.file === null) return runHereOrRefuse(missing(pinned.name), entry, args);
  // What is begun from here by the name "node" is to be the pinned one too.
  process.env.PATH = path.dirname(pinned.file) + path.delimiter + process.env.PATH;
  if (isThisNode(pinned.file)) return runHere(entry, args);
  runOn(pinned.file, entry, args);
}

function isThisNode(file) {
  try {
    return fs.realpathSync(file) === fs.realpathSync(process.execPath);
  } catch {
    return false;
  }
}

function missing(name) {
  return name === null
    ? `no package brings one for ${process.platform} on ${process.arch}`
    : `the package ${name} is not installed, which “npm ci” without “--omit=optional” brings`;
}

function runHereOrRefuse(reason, entry, args) {
  const own = process.versions.node;
  if (!isOlder(own, oldestOwnNode)) return runHere(entry, args);
  refuse(
    `Negatoscope runs on Node ${oldestOwnNode} or newer (this is Node ${own}), and its own is not here: ${reason}.`,
  );
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

function runHere(entry, args) {
  process.argv.splice(1, process.argv.length, entry, ...args);
  silenceWarnings();
  process.removeAllListeners('warning');
  nodeModule.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  // Not import(): only of its main module does Node say by exit code 13 that it never came to an end.
  nodeModule.runMain();
}

/** As --no-warnings does, in every process begun from here too. */
function silenceWarnings() {
  process.env.NODE_NO_WARNINGS = '1';
}

function runOn(node, entry, args) {
  silenceWarnings();
  const child = childProcess.spawn(node, [entry].concat(args), { stdio: 'inherit' });
  // A terminal gives Ctrl+C to both of us, and the second one would cut short what the first began.
  const hasTerminal = [0, 1, 2].some((stream) => isatty(stream));
  const forward = (signal) => {
    if (signal !== 'SIGINT' || !hasTerminal) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  const stopForwarding = () => {
    for (const signal of signals) process.removeListener(signal, forward);
  };
  child.on('exit', (code, signal) => {
    stopForwarding();
    if (signal === null) process.exitCode = code;
    else process.kill(process.pid, signal);
  });
  child.on('error', (error) => {
    stopForwarding();
    runHereOrRefuse(`${node} cannot be run on this system (${error.code})`, entry, args);
  });
}

module.exports = launch;
