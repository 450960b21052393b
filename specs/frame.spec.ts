import type { Operation } from '../harness/operation.ts';
import { clause, fail, proceed, succeed, test } from '../harness/test.ts';
import { forEach } from './whole/batches.ts';
import { harmless } from './whole/harmless.ts';
import type { Harmless } from './whole/harmless-request.ts';
import { changesAfter } from './whole/stable.ts';

/** What an operation is doing while something is tried, and what it is told to do. */
const doings = {
  'is at rest': { attempts: [succeed()], canceled: false },
  runs: { attempts: [[proceed(60_000), succeed()]], canceled: false },
  'awaits a retry': { attempts: [fail(), succeed()], canceled: false },
  'is being canceled': { attempts: [[proceed(60_000), succeed()]], canceled: true },
  waits: { attempts: [succeed()], canceled: false },
} as const;

interface Tried {
  readonly operation: Operation;
  readonly one: Harmless;
  readonly doing: keyof typeof doings;
  /** The etag of its row before it came to what it is doing; undefined where there was none. */
  readonly stale: string | undefined;
  /** Whether it was accepted, so that it may have changed something. */
  accepted?: boolean;
}

/**
 * Whether the refusal of a user without the privileges may have this status: 403, or what says of a cancellation that it
 * comes too late, or of a row that it is not there yet.
 */
function mayBeRefusedSo(what: string, status: number, doing: keyof typeof doings): boolean {
  if (status < 400 || status === 403) return true;
  const over = doing === 'is at rest' || doing === 'is being canceled';
  return (over && !what.startsWith('GET')) || (status === 404 && what.includes('the row'));
}

/** Whether what was tried asks for an execution. */
function isSubmission({ one }: Tried): boolean {
  return one.what.startsWith('POST of the custom API');
}

/** The etag of a row; undefined where it cannot be read yet. */
async function etagOf(operation: Operation): Promise<string | undefined> {
  const etag = (await operation.getRow()).object()?.['@odata.etag'];
  return typeof etag === 'string' ? etag : undefined;
}

test(
  'what is refused, and what only reads, MUST change nothing, whatever an operation is doing',
  clause('monitor.read-is-safe', { branch: 'whatever it is doing', needs: ['probe', 'clock'] }),
  async ({ submit, clock, as, target }) => {
    const offered = harmless.filter((one) => one.offered(target.offers));
    const tried: Tried[] = [];
    for (const doing of Object.keys(doings) as (keyof typeof doings)[]) {
      // Those that wait come last: as soon as time passes they start.
      if (doing === 'waits') await clock.advance(1);
      const { attempts, canceled } = doings[doing];
      const here = offered.filter(({ everywhere }) => everywhere || doing === 'runs' || doing === 'waits');
      const operations = await forEach(here, () => submit({ attempts }));
      if (canceled) await clock.advance(1);
      const etags = await forEach(operations, (operation, index) =>
        doing !== 'waits' && here[index]?.clause === 'table.etag-conditional'
          ? etagOf(operation)
          : Promise.resolve(undefined),
      );
      if (canceled) await forEach(operations, (operation) => operation.canceled());
      for (const [index, one] of here.entries()) {
        const operation = operations[index];
        if (operation !== undefined) tried.push({ one, doing, operation, stale: etags[index] });
      }
    }
    const note = ({ operation, one, doing, accepted }: Tried, reason: string, what = one.what): void => {
      if (accepted !== true)
        operation.accepted.note(one.clause, `${reason}, after ${what} while it ${doing}`);
    };
    const send = async (some: readonly Tried[]): Promise<void> => {
      await forEach(some, async (each) => {
        const sent = await each.one.send({ as, target }, each.operation, each.stale);
        // What may be accepted changes something where it is.
        each.accepted ||= each.one.mayBeAccepted === true && sent.some(({ answer }) => answer.ok);
        for (const { what, answer, refused } of sent) {
          if (refused === false) note(each, `expected a refusal, got ${answer.describe()}`, what);
          if (each.one.lacksPrivileges === true && !mayBeRefusedSo(what, answer.status, each.doing))
            each.operation.accepted.note(
              'access.forbidden',
              `${answer.describe()}, to ${what} while it ${each.doing}`,
            );
          const challenge = answer.header('www-authenticate') ?? '';
          if (answer.status === 401 && !/(^|,)\s*Bearer(\s|,|$)/i.test(challenge))
            each.operation.accepted.note(
              'access.challenge',
              `${answer.describeHeaders('www-authenticate')}, to ${what}`,
            );
        }
      });
    };
    const changes = await changesAfter(target, tried, send);
    const isRead = ({ one }: Tried): boolean => one.clause === 'monitor.read-is-safe';
    // Where reading changes something, what changed with other requests was read as well.
    const unsafe = new Set(changes.flatMap(([each]) => (isRead(each) ? [each.doing] : [])));
    for (const [each, change] of changes) if (isRead(each) || !unsafe.has(each.doing)) note(each, change);
    // A hidden effect shows as time passes.
    const going = tried.filter(({ doing }) => doing !== 'is at rest' && doing !== 'is being canceled');
    await forEach(going.slice(0, 1), async ({ operation }) => void (await operation.finished()));
    await clock.advance(86_400_000);
    const again = tried.filter(
      ({ operation, doing }) => operation.attempts.length > doings[doing].attempts.length,
    );
    // Where others are executed once more it is not the work of a submission.
    if (again.every(isSubmission))
      for (const each of again) note(each, 'its custom API was executed once more');
    await forEach(going, async (each) => {
      const { state, status } = await each.operation.monitor();
      if (status !== 32) return;
      note(each, `expected it to end by itself, got (${state},${status})`);
    });
  },
);
