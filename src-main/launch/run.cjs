'use strict';
const path = require('path');
const launch = require('./launch.cjs');

/** `node src-main/launch/run.cjs ENTRY [ARGUMENTS]`: how package.json runs every program, ours or a tool's. */
launch(path.resolve(__dirname, '../..', process.argv[2]), process.argv.slice(3));
