import { main } from '../cli/main.ts';

// What the simulator's image starts. Options come as arguments, or where only the environment can be
// set (a target of the kind "container", say) in BGOP_SIMULATE, separated by white space.
const { BGOP_SIMULATE: options = '' } = process.env;
process.exitCode = await main([
  'simulate',
  '--host',
  '0.0.0.0',
  '--port',
  '8080',
  ...options.split(/\s+/).filter((option) => option !== ''),
  ...process.argv.slice(2),
]);
