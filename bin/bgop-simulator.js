#!/usr/bin/env node
import { launch } from './launch.js';

await launch({
  name: 'bgop-simulator',
  module: 'simulator-main',
  main: 'simulatorMain',
  script: import.meta.url,
});
