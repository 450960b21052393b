#!/usr/bin/env node
import { launch } from './launch.js';

await launch({ name: 'bgop', module: 'main', script: import.meta.url });
