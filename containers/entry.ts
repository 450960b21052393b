import { simulatorMain } from '../cli/simulator-main.ts';

// What the simulator's image starts. Options come as arguments, or where only the environment can be
// set (a target of the kind "container", say) in BGOP_SIMULATE, separated by white space. Only whoever runs
// the container publishes its port, so the well-known tokens stay; names without a dot are those of
// container networks; callbacks have to reach other containers and this machine, whose addresses are
// private. Addresses at which a cloud hands out keys stay refused. docs/containers.md has the reasons.
const { BGOP_SIMULATE: options = '' } = process.env;
process.exitCode = await simulatorMain([
  '--host',
  '0.0.0.0',
  '--port',
  '8080',
  '--known-tokens',
  '--allow-host',
  'single-label',
  '--allow-host',
  '*.docker.internal',
  '--allow-host',
  '*.containers.internal',
  '--callback-hosts',
  'loopback,private,public',
  ...options.split(/\s+/).filter((option) => option !== ''),
  ...process.argv.slice(2),
]);
