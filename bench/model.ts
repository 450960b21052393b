import fc from 'fast-check';
import { Check } from '../harness/check.ts';
import { parseConfig } from '../harness/config.ts';
import { SuiteSession } from '../harness/suite-session.ts';
import { openTarget } from '../harness/target.ts';
import { perform, sequences, type ModelCommand } from '../specs/model/commands.ts';
import type { History } from '../specs/model/history.ts';
import { judge } from '../specs/model/judge.ts';
import { Session } from '../specs/model/session.ts';
import { atLeast, median, type Line } from './measure.ts';

const rounds = 5;

/** Commands a second of the stateful model on the embedded simulator, and observations judged a second. */
export async function model(cases: number): Promise<Line[]> {
  const world = new SuiteSession(await openTarget(parseConfig({ target: { kind: 'simulator' } })), 'bench');
  const commands: Rate[] = [];
  const observations: Rate[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      const size = { parallel: round % 2 === 0, maxLength: 20 };
      const drawn = fc.sample(sequences(size), { numRuns: cases, seed: round });
      const histories: History[] = [];
      const lived = stopwatch();
      for (const one of drawn) histories.push(await live(world, one));
      const commanded = lived(sum(drawn.map(countOf)));
      const judging = stopwatch();
      for (const history of histories) {
        if (!judge(history).legal) throw new Error('The simulator lived a history that is not legal.');
      }
      const judged = judging(sum(histories.map((one) => one.observations.length)));
      // The first round only warms up.
      if (round === 0) continue;
      commands.push(commanded);
      observations.push(judged);
    }
  } finally {
    await world.close();
  }
  return [
    lineOf('model commands a second, embedded', commands, 2000),
    lineOf('judged observations a second', observations, 20_000),
  ];
}

/** So many a second, by the clock on the wall and by the processor's time that this process had. */
interface Rate {
  readonly wall: number;
  readonly processor: number;
}

/** Starts measuring; what it returns tells the rate of so many since then. */
function stopwatch(): (count: number) => Rate {
  const from = performance.now();
  const used = process.cpuUsage();
  return (count) => {
    const { user, system } = process.cpuUsage(used);
    return { wall: (count * 1000) / (performance.now() - from), processor: (count * 1e6) / (user + system) };
  };
}

/** The wall decides; the processor's time tells what a machine without other work would give. */
function lineOf(what: string, rates: readonly Rate[], limit: number): Line {
  const wall = median(rates.map((rate) => rate.wall));
  const processor = median(rates.map((rate) => rate.processor));
  return atLeast(what, wall, limit, `${wall.toFixed(0)} (${processor.toFixed(0)} a processor second)`);
}

async function live(world: SuiteSession, commands: readonly ModelCommand[]): Promise<History> {
  const session = new Session(new Check(world));
  await session.begin();
  for (const command of commands) await perform(command, session);
  return session.history();
}

/** Those that are made at the same time count one by one. */
function countOf(commands: readonly ModelCommand[]): number {
  return sum(commands.map((one) => (one.do === 'at-once' ? countOf(one.commands) : 1)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
