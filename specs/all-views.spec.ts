import type { CheckTools } from '../harness/collect.ts';
import { clause, eachByItself, test, Undecided } from '../harness/test.ts';
import type { Reply } from '../harness/listener.ts';
import { turns } from '../scenarios/support/race.ts';
import { randomNumbers } from '../scenarios/support/random.ts';
import { withRegistrationIfOffered } from '../scenarios/support/registration.ts';
import { withSubscription, type Subscription } from '../scenarios/support/subscription.ts';
import { lookAtRest, lookLater } from './whole/at-rest.ts';
import { combination, levels } from './whole/combinations.ts';
import { coveringArray } from './whole/covering-array.ts';
import { herd, later, otherWays } from './whole/herd.ts';
import { noteJobsLeft } from './whole/jobs-left.ts';
import { liveAll } from './whole/live.ts';
import { answerSlowly } from './whole/slow-receiver.ts';
import type { Subject } from './whole/subject.ts';

// Files are taken in the order of their names: the longest checks come early, so that no worker is left alone with one at the end.

eachByItself();

/** Operations of one run at most, and at least. */
const most = 150;
const least = 16;
/** Turns of the event loop that a slow receiver takes, while others are told. */
const slowTurns = 40;
/** What the second step's webhook answers in the end. */
const successes = [200, 202, 204] as const;
/** Of the runs of a property so much is enough, beside those that no choice may leave out. */
const share = 0.75;

test(
  'monitor, row, list, callback and event MUST tell the same of operations that live through all combinations',
  clause('monitor.agrees-with-row', { branch: 'every view', needs: ['probe', 'clock', 'table'] }),
  async ({ tools, properties, target, events, observe }) => {
    if (target.offers.events !== undefined) await events.subscribe();
    const wanted = Math.round(Math.min(most, Math.max(least, share * properties.runs)));
    const random = randomNumbers(properties.seed);
    const { rows, coverage } = coveringArray({ levels, triplesOf: 5, most: wanted, random });
    observe(
      `${rows.length} operations cover ${coverage.covered} of ${coverage.of} combinations (seed ${properties.seed}).`,
    );
    const { customApi: name, displayName } = target.config.target.probe as {
      readonly customApi: string;
      readonly displayName: string;
    };
    const named = { name, displayName };
    const others = otherWays.filter(({ by }) => by !== 'organization service' || target.offers.sdk);
    const all = [...rows.map(combination), ...herd, ...others];
    const subjects = await besideRegistration(tools, async () => {
      const lived = await besideSecondStep(tools, () => liveAll(tools, all, named));
      await lookAtRest(tools, lived, named);
      return lived;
    });
    const usual = subjects.filter(({ combination: { by } }) => by === undefined);
    const broken = new Set(usual.flatMap((subject) => [...subject.broken]));
    for (const subject of subjects) subject.noteWay(broken);
    // Their time to live has passed: it is another season, with another local time.
    if (target.offers.table) await lookLater(tools, await liveAll(tools, later, named), named);
    const still = subjects.filter(({ end }) => end === undefined);
    if (still.length > 0)
      throw new Undecided(`${still.length} operations did not come to an end in three days`);
  },
);

/** Lets operations live while a second step is registered, whose webhook has to be called for each that ended, once. */
async function besideSecondStep(tools: CheckTools, live: () => Promise<Subject[]>): Promise<Subject[]> {
  const { client, target, events, clock } = tools;
  if (target.offers.events !== 'webhook-step') return live();
  let subjects: Subject[] = [];
  const refused = new Set<string>();
  const unreceived = new Set<string>();
  let slowed = false;
  // The second step's webhook is out of order for half of them, or elsewhere, when it is called first; else it is slow.
  const reply = async ({ body }: { readonly body: string }): Promise<Exclude<Reply, string>> => {
    const [, id, kind = ''] = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-([0-9a-f])[0-9a-f]{11})/i.exec(body) ?? [];
    const first = id !== undefined && !refused.has(id.toLowerCase());
    if (first && kind <= '7') {
      refused.add(id.toLowerCase());
      unreceived.add(id.toLowerCase());
      return kind <= '3' ? { status: 503 } : { status: 302, location: '/bgop/elsewhere' };
    }
    if (!slowed) {
      slowed = true;
      await answerSlowly(target);
    } else await turns(slowTurns);
    unreceived.delete(id?.toLowerCase() ?? '');
    // Whatever begins with 2 is success.
    return { status: successes[Number.parseInt(kind, 16) % successes.length] ?? 200 };
  };
  const look = async ({ of, step }: Subscription): Promise<void> => {
    subjects = await live();
    await clock.advance(60_000);
    let often = false;
    for (const subject of subjects) {
      const came = of(subject.operation.id);
      // What was refused may come again, what was received may not.
      const told = came.filter(({ reply }) => typeof reply === 'object' && reply.status < 300).length;
      often ||= told > 1;
      if (subject.end === undefined || (came.length > 0 && told <= 1)) continue;
      // That the suite's own step is not called either is told there.
      if (events.of(subject.operation.id).length === told) continue;
      const missing = subject.canceled === undefined ? 'event.each-completion' : 'event.on-cancel';
      const reason = `expected one call of the webhook of a second step, got ${came.length}`;
      subject.note([{ clause: came.length === 0 ? missing : 'event.once', reason }], 'at its end');
    }
    // One that was answered slowly may have been given up, and each of several calls may have a job of its own.
    await noteJobsLeft(tools, step.id, subjects, often ? Number.POSITIVE_INFINITY : unreceived.size + 1);
  };
  // It comes before the suite’s own step, which has to be called although this one fails.
  await withSubscription({ client, target, events }, { rank: 0 }, look, reply);
  return subjects;
}

/** Lets operations live while a callback registration is there, which may be told of each that ended, but once. */
async function besideRegistration(tools: CheckTools, live: () => Promise<Subject[]>): Promise<Subject[]> {
  let subjects: Subject[] = [];
  await withRegistrationIfOffered(tools, async (registration) => {
    subjects = await live();
    for (const subject of subjects) {
      const told = registration?.of(subject.operation.id).length ?? 0;
      if (told <= 1) continue;
      const reason = `a callback registration was told of it ${told} times`;
      subject.note([{ clause: 'flow.event-once', reason }], 'at its end');
    }
  });
  return subjects;
}
