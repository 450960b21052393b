// Loaded before a simulator whose memory is watched: on SIGUSR2 it collects garbage and says how many MB are left.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

process.on('SIGUSR2', () => {
  collect();
  process.stderr.write(`live heap ${(process.memoryUsage().heapUsed / 1_048_576).toFixed(1)} MB\n`);
});
