// Judges one archive as `bgop traffic` does, in a process of its own, and prints what it took.
import { gather } from '../traffic/gather.ts';
import { judgeClients } from '../traffic/judge-clients.ts';
import { judgeTarget } from '../traffic/judge-target.ts';

const [file = ''] = process.argv.slice(2);
const began = performance.now();
const { traffic } = await gather([file]);
judgeClients(traffic);
judgeTarget(traffic);
const { user, system } = process.cpuUsage();
console.log(
  JSON.stringify({
    seconds: (performance.now() - began) / 1e3,
    processorSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    operations: traffic.operations.length,
  }),
);
