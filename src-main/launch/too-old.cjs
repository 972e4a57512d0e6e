'use strict';

const oldestNode = '18';
const oldestNpm = '9';

/** Whether a version, as "18.20.4", comes before another, of which its first numbers may be given. */
function isOlder(version, oldest) {
  const numbers = version.split('.').map(Number);
  for (const [index, wanted] of oldest.split('.').map(Number).entries()) {
    if (numbers[index] !== wanted) return numbers[index] < wanted;
  }
  return false;
}

/**
 * What is too old here, in one sentence, or null. Under npm, `node` is already the pinned one: which
 * Node and which npm the user has is in the name npm goes by, "npm/9.2.0 node/v18.20.4 linux x64".
 */
function tooOld(nodeVersion, userAgent) {
  const [, npm, npmsNode] = /^npm\/(\S+) node\/(\S+)/.exec(userAgent || '') || [];
  const node = npmsNode === undefined ? nodeVersion : npmsNode.replace(/^v/, '');
  if (isOlder(node, oldestNode)) {
    return `Negatoscope needs Node ${oldestNode} or newer, and this is Node ${node}.`;
  }
  if (npm !== undefined && isOlder(npm, oldestNpm)) {
    return `Negatoscope needs npm ${oldestNpm} or newer, and this is npm ${npm}: “npm install --global npm@10” brings one.`;
  }
  return null;
}

module.exports = { isOlder, tooOld };
