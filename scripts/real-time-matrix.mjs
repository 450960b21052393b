// What a run in real time catches: every deviation at a simulator with retries in fractions of a second, and
// the checks of the clause that it breaks: node scripts/real-time-matrix.mjs [beginning of names …]
//
// A deviation is caught, or its clause is untested or open (which a report says), or it is missed: checks
// passed although it is there, since it shows only where a real clock does not reach. Status 0: done,
// whatever was missed; 1: a check ended as a fault of the suite.
import { availableParallelism } from 'node:os';
import { collectChecks } from '../harness/runner.ts';
import { inRealTime, isAbout } from '../selftest/real-time.ts';
import { suiteFiles } from '../selftest/suite-files.ts';
import { listDeviations, loadDeviation } from '../simulator/deviations.ts';

/** Checks in real time mostly wait, so that many at once fit one process. */
const atOnce = 12 * availableParallelism();

const beginnings = process.argv.slice(2);
const names = (await listDeviations()).filter(
  (name) => beginnings.length === 0 || beginnings.some((beginning) => name.startsWith(beginning)),
);
const checks = await collectChecks(suiteFiles());
const counts = { caught: 0, untested: 0, open: 0, missed: 0, fault: 0 };
const left = names.values();

await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (const name of left) {
      const { breaks } = await loadDeviation(name);
      const own = checks.filter((check) => isAbout(check, breaks));
      const results = (await inRealTime(own, [name])).filter(({ clause }) => clause === breaks);
      const outcome = outcomeOf(new Set(results.map((result) => result.outcome)));
      counts[outcome] += 1;
      if (outcome !== 'caught') console.log(`${outcome.padEnd(8)} ${name}`);
      if (outcome === 'fault') console.log(results.map(({ reason }) => `         ${reason}`).join('\n'));
    }
  }),
);
const { caught, untested, open, missed, fault } = counts;
console.log(
  `${names.length} deviations in real time: ${caught} caught, ${untested} not tested, ${open} open, ${missed} missed, ${fault} faults.`,
);
process.exitCode = fault === 0 ? 0 : 1;

function outcomeOf(seen) {
  if (seen.has('error')) return 'fault';
  if (seen.has('failed')) return 'caught';
  if (seen.has('inconclusive') || seen.has('blocked')) return 'open';
  return seen.has('passed') ? 'missed' : 'untested';
}
