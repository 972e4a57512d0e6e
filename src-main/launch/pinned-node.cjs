'use strict';
const path = require('path');

/** The npm package that carries the Node this project was tested with, by platform and processor. */
const packages = require('./pinned-packages.json');

/** Where the pinned Node lies: `file` is null where its package, or a package at all, is missing. */
function findPinnedNode() {
  const name = packages[`${process.platform} ${process.arch}`];
  if (name === undefined) return { name: null, file: null };
  try {
    const folder = path.dirname(require.resolve(`${name}/package.json`));
    const program = process.platform === 'win32' ? 'node.exe' : 'node';
    return { name, file: path.join(folder, 'bin', program) };
  } catch {
    return { name, file: null };
  }
}

module.exports = { findPinnedNode };
