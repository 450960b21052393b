import { capabilitiesOf } from '../../harness/capabilities.ts';
import { SuiteSession } from '../../harness/suite-session.ts';
import { Client } from '../../harness/client.ts';
import { annotated } from '../../harness/collect.ts';
import { parseConfig, type Config } from '../../harness/config.ts';
import type { Cause } from '../../record/cause.ts';
import type { Evidence } from '../../record/evidence.ts';
import { createWebhook, stepBody } from '../../harness/events.ts';
import { createRow } from '../../harness/rows.ts';
import { collectChecks, runCheck, type CollectedCheck } from '../../harness/runner.ts';
import { openTarget, type Target } from '../../harness/target.ts';
import { Transcript } from '../../harness/transcript.ts';
import { suiteFiles } from '../../selftest/suite-files.ts';
import { counting, type Footprint } from './counting.ts';

/** One check, as it went on the built-in simulator. */
export interface Rehearsed {
  readonly clause: string;
  readonly title: string;
  readonly file: string;
  readonly branch?: string;
  /** Why it cannot be run on the target; absent where it can. */
  readonly notTested?: string;
  /** The same by its kind. */
  readonly cause?: Cause;
  readonly footprint: Footprint;
  /** Real time that the check took on the built-in simulator. */
  readonly durationMs: number;
  /** Time that it let pass on the virtual clock: on a real one it may have to wait as long. */
  readonly passedMs: number;
}

const probeName = 'bgop_Probe';
/** Samples of the simulator that stand in for fixed custom APIs. */
const succeeding = 'sample_Echo';
const failing = 'sample_ExportDataUsingFetchXmlToAnnotation';

/**
 * Runs checks on a built-in simulator in this process that offers no more than the target does, and
 * counts what they do. The target itself is not contacted.
 *
 * @param selected ids of clauses; all when absent
 */
export async function rehearse(
  config: Config,
  selected: readonly string[] | undefined,
): Promise<Rehearsed[]> {
  const checks = (await collectChecks(suiteFiles())).filter((check) =>
    clausesOf(check).some((id) => selected?.includes(id) !== false),
  );
  const reached = await openTarget(standIn(config));
  const transport = counting(reached.transport, [probeName, succeeding, failing]);
  const target: Target = { ...reached, transport, offers: capabilitiesOf(config) };
  const world = new SuiteSession(target, 'plan');
  try {
    if (target.offers.events === 'preregistered') await preregister(target);
    const rehearsed: Rehearsed[] = [];
    for (const check of checks) {
      transport.taken();
      rehearsed.push(...(await rehearseOne(check, world, transport.taken)));
    }
    return rehearsed;
  } finally {
    await world.close();
  }
}

async function rehearseOne(
  check: CollectedCheck,
  world: SuiteSession,
  taken: () => Footprint,
): Promise<Rehearsed[]> {
  const records = await runCheck(check, world);
  const footprint = taken();
  return records.map(({ clause, title, file, branch, outcome, reason, cause, durationMs, evidence }) => ({
    clause,
    title,
    file,
    ...(branch === undefined ? {} : { branch }),
    ...(outcome === 'not-tested' ? { notTested: reason ?? 'it cannot be tested' } : {}),
    ...(outcome === 'not-tested' && cause !== undefined ? { cause } : {}),
    footprint,
    durationMs,
    passedMs: passedIn(evidence),
  }));
}

function passedIn(evidence: readonly Evidence[]): number {
  return evidence.reduce((sum, one) => sum + (one.kind === 'advanced' ? one.milliseconds : 0), 0);
}

function clausesOf({ details }: CollectedCheck): string[] {
  return annotated(details.annotation, 'clause');
}

/** The simulator, configured to be used as the target would be. Its clock is virtual, so nothing waits. */
function standIn({ target, properties, budget, slow }: Config): Config {
  const probe =
    target.probe.kind === 'control'
      ? { kind: 'control', customApi: probeName }
      : {
          kind: 'fixed',
          succeeds: { name: succeeding },
          ...(target.probe.fails === undefined ? {} : { fails: { name: failing, body: { FetchXml: 'no' } } }),
        };
  const { callbacks, table, sdk } = target;
  return parseConfig({
    target: { kind: 'simulator', probe, callbacks, table, sdk: sdk !== false },
    properties,
    // It has to get to its end, also where the run will not.
    budget: { ...budget, requests: null },
    slow,
  });
}

/** Does what the owner of the target has done: points a webhook at the listener. */
async function preregister(target: Target): Promise<void> {
  const client = new Client(target, 'initiator', new Transcript());
  const webhook = await createWebhook(client, `${target.listener.base}/bgop/events`, 'plan');
  await createRow(client, 'sdkmessageprocessingsteps', await stepBody(client, webhook, 'plan', 1));
}
