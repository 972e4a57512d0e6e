#!/usr/bin/env node
'use strict';
const path = require('path');
const launch = require('../launch/launch.cjs');

launch(path.join(__dirname, 'main.ts'), process.argv.slice(2));
