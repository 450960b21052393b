import { errorCodes, members, pairs } from '../contract/vocabulary.ts';
import { Blocked, clause, expect, fail, succeed, test } from '../harness/test.ts';
import type { CallOptions } from '../harness/probe-calls.ts';
import { driveToRest, monitorBody, moments } from './support/moments.ts';
import { requireRest } from './support/no-operation.ts';

const failures: Readonly<Record<string, CallOptions>> = {
  'an error that is not the platform’s': { attempts: [fail()] },
  'an error of the platform': { attempts: [fail('Access is denied.', errorCodes.accessDenied)] },
};

for (const [kind, options] of Object.entries(failures)) {
  test(
    `the monitor MUST show code and message after ${kind}`,
    clause('monitor.error-on-failure', { branch: kind }),
    async ({ submit, clock, target }) => {
      const operation = await submit(options);
      const body = monitorBody(await driveToRest({ clock, target }, operation));
      if (!(members.state in body)) throw new Blocked('monitor.codes', JSON.stringify(body));
      if (body[members.status] === pairs.succeeded.status)
        throw new Blocked('state.failed', 'an operation whose every attempt failed shows success');
      if (!(members.errorCode in body)) await requireRest(operation, clock);
      expect(body, members.errorCode, `${members.errorCode} after ${kind}`).toBeInteger();
      expect(body, members.errorMessage, `${members.errorMessage} after ${kind}`).toBeString();
    },
  );
}

const unfailed = [moments.waiting, moments.executing, moments.canceling, moments.succeeded, moments.canceled];

for (const moment of unfailed) {
  test(
    `the monitor MUST NOT have error members ${moment.when}, not even null`,
    clause('monitor.error-only-on-failure', moment),
    async ({ submit, clock, target }) => {
      await moment.enter({ submit, clock, target }, async (operation) => {
        const body = monitorBody(await operation.getMonitor());
        expect(body, members.errorCode, `${members.errorCode} ${moment.when}`).toBeAbsent();
        expect(body, members.errorMessage, `${members.errorMessage} ${moment.when}`).toBeAbsent();
      });
    },
  );
}

test(
  'the monitor MAY show the error of a failed attempt while a retry is awaited, and after recovery',
  clause('monitor.error-after-failed-attempt'),
  async ({ submit, clock, target, observe }) => {
    const operation = await submit({ attempts: [fail(), succeed()] });
    await operation.started();
    const note = (body: ReturnType<typeof monitorBody>, when: string): void =>
      observe(
        `${when} the monitor ${members.errorCode in body ? 'shows the error of the failed attempt' : 'shows no error'}`,
      );
    note(monitorBody(await operation.getMonitor()), 'while a retry is awaited');
    note(monitorBody(await driveToRest({ clock, target }, operation)), 'after a retry that succeeded');
  },
);
