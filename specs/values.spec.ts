import { seenBy } from '../harness/lives.ts';
import { forAll } from '../harness/property.ts';
import { Blocked, clause, expect, fail, succeed, test } from '../harness/test.ts';
import type { CheckTools } from '../harness/collect.ts';
import type { Operation } from '../harness/operation.ts';
import { readKeyValues, type MonitorReading } from '../harness/reading.ts';
import { show } from '../harness/expect.ts';
import { sameValue } from '../scenarios/support/values.ts';
import { errorTexts, outputs, texts } from './arbitraries.ts';

const laws = {
  monitor: 'whatever the custom API sets MUST stand in the monitor unchanged',
  row: 'whatever the custom API sets MUST stand in outputparameters unchanged',
  answer: 'whatever the custom API sets MUST stand in the answer to a synchronous call unchanged',
  inputs: 'whatever text a client sends MUST stand in inputparameters unchanged',
  attempts: 'whatever text a client sends MUST reach every attempt',
  error: 'whatever an error says MUST stand in the monitor unchanged',
} as const;

type Outputs = Parameters<typeof succeed>[0];

/** An operation that has set outputs, and its monitor at rest. */
interface Lived {
  readonly operation: Operation;
  readonly reading: MonitorReading;
}

/** Judges an operation that set these outputs: the same one for its monitor and for its row. */
function judgeSet(
  tools: CheckTools,
  set: Outputs,
  judge: (lived: Lived) => void | Promise<void>,
): Promise<void> {
  const live = async (): Promise<Lived> => {
    const operation = await tools.submit({ attempts: [succeed(set)] });
    return { operation, reading: await operation.finished() };
  };
  return tools.lives.judge(`sets ${JSON.stringify(set)}`, tools.target, live, (lived) =>
    judge({ ...lived, operation: seenBy(tools, lived.operation) }),
  );
}

test(laws.monitor, clause('monitor.outputs-on-success', { branch: 'any outputs' }), ({ tools }) =>
  forAll(
    tools,
    laws.monitor,
    outputs,
    (set) =>
      judgeSet(tools, set, ({ reading }) => {
        if (reading.status !== 30) throw new Blocked('state.succeeded', reading.answer.describe());
        for (const [name, value] of Object.entries(set))
          expectValue(name, value, reading.body[name], `the output ${name} of the monitor`);
      }),
    {
      script: (set) => [
        `Submit an operation whose attempt sets ${show(set)}.`,
        'Let it finish, and read its monitor.',
      ],
    },
  ),
);

test(laws.row, clause('table.outputparameters', { branch: 'any outputs' }), ({ tools }) =>
  forAll(
    tools,
    laws.row,
    outputs,
    (set) =>
      judgeSet(tools, set, async ({ operation }) => {
        const { row } = await operation.rowWhen(({ state }) => state === 3);
        const shown = readKeyValues(row['outputparameters']) ?? new Map<string, unknown>();
        for (const [name, value] of Object.entries(set))
          expectValue(name, value, shown.get(name), `the Value of ${name} in outputparameters`);
      }),
    {
      share: 0.5,
      script: (set) => [
        `Submit an operation whose attempt sets ${show(set)}.`,
        'Let it finish, and read outputparameters of its row.',
      ],
    },
  ),
);

test(laws.answer, clause('submit.synchronous-without-preference', { branch: 'any outputs' }), ({ tools }) =>
  forAll(
    tools,
    laws.answer,
    outputs,
    async (set) => {
      const { answer } = await tools.call({ prefer: null, attempts: [succeed(set)] });
      if (answer.status !== 200 && answer.status !== 204)
        throw new Blocked('submit.synchronous-without-preference', answer.describe());
      const body = answer.object() ?? {};
      for (const [name, value] of Object.entries(set))
        expectValue(name, value, body[name], `the output ${name} of a synchronous call`);
    },
    {
      share: 0.25,
      script: (set) => [`Call the custom API without Prefer; its attempt sets ${show(set)}.`],
    },
  ),
);

test(laws.inputs, clause('table.inputparameters', { branch: 'any text' }), ({ tools }) =>
  forAll(
    tools,
    laws.inputs,
    texts,
    async (payload) => {
      const operation = await tools.submit({ payload });
      await operation.finished();
      const { row } = await operation.row();
      const shown = readKeyValues(row['inputparameters']);
      expect(shown?.get('Payload'), 'the Value of Payload in inputparameters', row).toBe(payload);
      expect(shown?.get('ControlUrl'), 'the Value of ControlUrl in inputparameters', row).toBe(
        operation.parts.body['ControlUrl'],
      );
    },
    {
      share: 0.5,
      script: (payload) => [
        `Submit an operation with the Payload ${show(payload)}.`,
        'Let it finish, and read inputparameters of its row.',
      ],
    },
  ),
);

test(
  laws.attempts,
  clause('retry.same-inputs', { branch: 'any text', needs: ['probe', 'clock'] }),
  ({ tools }) =>
    forAll(
      tools,
      laws.attempts,
      texts,
      async (payload) => {
        const operation = await tools.submit({ payload, attempts: [fail(), succeed()] });
        await operation.finished();
        for (const [index, attempt] of operation.attempts.entries()) {
          const [call] = attempt.calls;
          if (call?.payload !== undefined)
            expect(call.payload, `the payload of attempt ${index + 1}`).toBe(payload);
        }
      },
      {
        share: 0.5,
        script: (payload) => [
          `Submit an operation with the Payload ${show(payload)} that fails once.`,
          'Let it finish, and compare the payload of its attempts.',
        ],
      },
    ),
);

test(laws.error, clause('error.message', { branch: 'any text', needs: ['probe', 'clock'] }), ({ tools }) =>
  forAll(
    tools,
    laws.error,
    errorTexts,
    async (message) => {
      const operation = await tools.submit({ attempts: [fail(message)] });
      const reading = await operation.finished();
      if (reading.status !== 31) throw new Blocked('state.failed', reading.answer.describe());
      expect(reading.errorMessage, 'the error message of the monitor', reading).toBe(message);
    },
    {
      share: 0.25,
      script: (message) => [
        `Submit an operation whose every attempt fails with ${show(message)}.`,
        'Let it finish, and read its monitor.',
      ],
    },
  ),
);

function expectValue(name: string, sent: unknown, shown: unknown, subject: string): void {
  expect(shown, subject).toSatisfy(sameValue(name, sent, shown), show(sent));
}
