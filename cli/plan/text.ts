import { limits } from '../../contract/vocabulary.ts';
import { groupUntested, type Untested } from '../../reports/unlock.ts';
import { unlockLines } from '../unlock-lines.ts';
import { estimateLine } from './estimate.ts';
import type { PlannedClause, PlannedRun } from './plan.ts';

const secondsOfDay = 86_400;

/** A plan in lines, for people. */
export function planLines(plan: PlannedRun): string[] {
  const { target, run, clauses } = plan;
  const tested = clauses.filter((clause) => clause.tested !== 'no');
  const checks = tested.flatMap((clause) => clause.checks).filter(({ notTested }) => notTested === undefined);
  const width = Math.max(0, ...tested.map(({ id }) => id.length));
  return [
    `Plan of a run against ${target.name} (${target.kind}, ${target.url}) · ${run.clock} clock${run.slow ? ', really waiting' : ''} · ${run.runs} runs of each property`,
    '',
    `It would decide ${counted(tested.length, 'clause')} of ${clauses.length} by ${counted(checks.length, 'check')}:`,
    ...tested.map((clause) => testedLine(clause, width)),
    ...unlockLines(groupUntested(clauses.flatMap(untested)), Infinity),
    '',
    ...creation(plan),
    '',
    estimateLine(plan.estimate),
    ...plan.estimate.restsOn.map((what) => `  It rests on ${what}.`),
    '',
    'Counted in a rehearsal on the built-in simulator, so roughly. The target was not contacted.',
  ];
}

function testedLine({ id, level, checks, does }: PlannedClause, width: number): string {
  const run = checks.filter(({ notTested }) => notTested === undefined).length;
  const part = run === checks.length ? String(run) : `${run} of ${checks.length}`;
  const operations = does.operations === 0 ? '' : `, ${counted(does.operations, 'operation')}`;
  return `  ${id.padEnd(width)}  ${level.padEnd(6)}  ${part} ${run === 1 && run === checks.length ? 'check' : 'checks'}${operations}`;
}

function untested({ id, tested, causes }: PlannedClause): Untested[] {
  return causes.length === 0 ? [] : [{ id, causes, partly: tested !== 'no' }];
}

function creation({ does, run, target }: PlannedRun): string[] {
  const stays = `their rows stay until they expire, after ${limits.ttlSeconds / secondsOfDay} days`;
  const end = target.kind === 'url' ? stays : 'all of it ends with the target, when the run does';
  const registrations =
    does.webhooks + does.steps + does.registrations === 0
      ? 'no event registrations'
      : `${counted(does.webhooks, 'webhook')}, ${counted(does.steps, 'step')} and ${counted(does.registrations, 'callback registration')} on OnBackgroundOperationComplete, each deleted again (some workers may need one more of each)`;
  return [
    `It would send about ${counted(does.requests, 'request')} to ${target.name} and create there about`,
    `  ${counted(does.operations, 'operation')}, ${does.callbacks} of them with a callback; ${end}`,
    ...(does.synchronous === 0
      ? []
      : [`  ${counted(does.synchronous, 'synchronous execution')} of a custom API, which leave nothing`]),
    `  ${registrations}`,
    ...(run.requestsAllowed === undefined || run.requestsAllowed >= does.requests
      ? []
      : [
          `budget.requests allows ${counted(run.requestsAllowed, 'request')} only: the run would stop there.`,
        ]),
    ...(run.clock === 'virtual' && target.kind === 'url'
      ? ['It would move the clock of the target, by days and months.']
      : []),
  ];
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
