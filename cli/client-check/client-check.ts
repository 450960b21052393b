import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { TrafficOutcome } from '../../traffic/judge-clients.ts';
import { joinTraffic } from '../../traffic/traffic.ts';
import { UsageError, type Terminal } from '../terminal.ts';
import { reportTraffic } from '../traffic/traffic-report.ts';
import { requireOwnFolder } from '../verify/stale-report.ts';
import { findReliances, type Reliance } from './find-reliances.ts';
import { nameOf } from './freedoms.ts';
import { isBrokenMust } from './recorder.ts';
import { rememberRuns } from './remembered.ts';
import { runClientTests, type ClientRun } from './run-client.ts';

/** The options of `bgop client-check`, as commander gives them. */
export interface ClientCheckOptions {
  readonly report: string;
  readonly clock: 'real' | 'virtual';
  readonly freedoms?: number;
  readonly faults?: boolean;
  readonly seed: number;
  readonly resume?: boolean;
  /** Seconds that one run of the client's tests may take. */
  readonly timeout: number;
}

/** The clause that a search for freedoms decides. */
const takesEveryAnswer = 'client-poll.takes-every-answer';

/**
 * `bgop client-check`: runs a client's tests against a simulator, and judges the client by what it did.
 *
 * @returns 1 where the tests fail or a required clause is broken, else 0
 */
export async function checkClient(
  command: readonly string[],
  options: ClientCheckOptions,
  terminal: Terminal,
): Promise<number> {
  if (command.length === 0)
    throw new UsageError(
      'no command. Wanted the client’s tests after "--", e.g. bgop client-check -- npm test.',
    );
  await requireOwnFolder(options.report);
  const began = performance.now();
  const run = { command, clock: options.clock, timeoutMs: options.timeout * 1_000 };
  const first = await runClientTests({ ...run, shown: true });
  const traffic = joinTraffic(first.recorder.traffic());
  const problems = first.status === 0 ? [] : [`The client's own tests failed (${first.how}).`];
  if (traffic.exchanges === 0)
    problems.push(
      'The tests sent no request to the simulator. Its address is in BGOP_SIMULATOR_URL, and in the file that BGOP_SIMULATOR_CONFIG names.',
    );
  const judged = first.recorder.outcomes();
  const searched =
    options.freedoms === undefined || problems.length > 0
      ? undefined
      : await search(
          first,
          options,
          (freedoms) => runClientTests({ ...run, shown: false }, freedoms),
          command,
          terminal,
        );
  const outcomes =
    searched === undefined
      ? judged
      : judged.map((one) =>
          one.clause === takesEveryAnswer ? decided(searched, options.freedoms ?? 0) : one,
        );
  return reportTraffic(
    {
      directory: options.report,
      subject: { name: command.join(' '), kind: 'client', url: [...traffic.origins][0] ?? '' },
      traffic,
      outcomes,
      target: false,
      problems,
      durationMs: performance.now() - began,
      seed: options.seed,
      command: `bgop client-check${options.freedoms === undefined ? '' : ` --freedoms ${options.freedoms} --seed ${options.seed}`} -- ${command.join(' ')}`,
    },
    terminal,
  );
}

async function search(
  first: ClientRun,
  { report, freedoms = 0, faults = false, seed, resume = false, clock }: ClientCheckOptions,
  run: (freedoms: Parameters<typeof runClientTests>[1]) => Promise<ClientRun>,
  command: readonly string[],
  terminal: Terminal,
): Promise<Reliance[]> {
  const usual = new Set(
    first.recorder
      .outcomes()
      .filter(isBrokenMust)
      .map(({ clause }) => clause),
  );
  await mkdir(report, { recursive: true });
  const runs = await rememberRuns(path.join(report, 'runs.jsonl'), JSON.stringify([command, clock]), resume);
  if (runs.before > 0) terminal.err(`Going on: ${runs.before} runs are known from before.`);
  return findReliances({
    count: freedoms,
    seed,
    faults,
    breaks: (some) =>
      runs.breaks(some, async () => {
        const { status, recorder } = await run(some);
        return status !== 0 || recorder.outcomes().some((one) => isBrokenMust(one) && !usual.has(one.clause));
      }),
    onDataverse: (number, broken) => {
      if (broken === undefined) terminal.err(`Dataverse ${number} of ${freedoms}: the tests pass.`);
      else
        terminal.err(
          `Dataverse ${number} of ${freedoms}: ${broken.freedoms.map(nameOf).join(' and ')} breaks the client (found in ${broken.runs} runs).`,
        );
    },
  });
}

/** The outcome of the search as that of a clause. */
function decided(found: readonly Reliance[], count: number): TrafficOutcome {
  const instances = found.map(({ reason }) => ({ breach: reason, exchanges: [] }));
  return {
    clause: takesEveryAnswer,
    outcome: found.length === 0 ? 'held' : 'broken',
    reason: found[0]?.reason,
    instances,
    decided: count,
  };
}
