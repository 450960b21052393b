// A month of a nightly flow in a second: node examples/flow/run.ts
import { pictureOf } from '../arguments.ts';
import { tellMonth } from './month.ts';

pictureOf('npm run example:flow', false);
const began = performance.now();
for (const line of await tellMonth()) console.log(line);
console.log(`That took ${((performance.now() - began) / 1_000).toFixed(1)} s of real time.`);
