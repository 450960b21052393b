#!/usr/bin/env node
import { launch } from './launch.js';

await launch({ name: 'bgop', module: 'main', main: 'main', script: import.meta.url });
