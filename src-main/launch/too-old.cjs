'use strict';

const oldestNode = 18;
const oldestNpm = 9;

/** The first number of a version: 18 for "v18.20.4". */
function major(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10);
}

/**
 * What is too old here, in one sentence, or null. Under npm, `node` is already the pinned one: which
 * Node and which npm the user has is in the name npm goes by, "npm/9.2.0 node/v18.20.4 linux x64".
 */
function tooOld(nodeVersion, userAgent) {
  const [, npm, npmsNode] = /^npm\/(\S+) node\/(\S+)/.exec(userAgent || '') || [];
  const node = npmsNode === undefined ? nodeVersion : npmsNode.replace(/^v/, '');
  if (major(node) < oldestNode) {
    return `Negatoscope needs Node ${oldestNode} or newer, and this is Node ${node}.`;
  }
  if (npm !== undefined && major(npm) < oldestNpm) {
    return `Negatoscope needs npm ${oldestNpm} or newer, and this is npm ${npm}: “npm install --global npm@10” brings one.`;
  }
  return null;
}

module.exports = { major, tooOld };
