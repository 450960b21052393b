import { randomUUID } from 'node:crypto';
import { errorCodes, messages, pairs, statusLabels, stateLabels, table } from '../contract/vocabulary.ts';
import type { CheckTools } from '../harness/collect.ts';
import { orderProblem } from '../harness/organization-service/order.ts';
import type { SoapAnswer } from '../harness/organization-service/soap-answer.ts';
import { isNamed } from '../harness/organization-service/xml.ts';
import { readKeyValues } from '../harness/reading.ts';
import { Blocked, clause, expect, fail, test } from '../harness/test.ts';
import { expectCodes } from './support/codes.ts';
import { expectFault, expectRow, expectTyped, requireFault } from './support/soap.ts';
import { sameValue } from './support/values.ts';

/** Demands codes and labels in a row. */
function expectCoded(
  row: Awaited<ReturnType<typeof expectRow>>,
  codes: { readonly state: number; readonly status: number },
): void {
  expect(row.logicalName, 'LogicalName').toBe(table.entity);
  expect(expectTyped(row.attributes, table.state, 'OptionSetValue'), table.state).toBe(codes.state);
  expect(expectTyped(row.attributes, table.status, 'OptionSetValue'), table.status).toBe(codes.status);
  const labels: Readonly<Record<number, string>> = { ...stateLabels };
  expect(row.labels.get(table.state), `the label of ${table.state}`).toBe(labels[codes.state]);
  const known: Readonly<Record<number, string>> = statusLabels;
  // The documentation spells one of them both ways.
  const label = row.labels.get(table.status)?.replace('Cancelling', 'Canceling');
  expect(label, `the label of ${table.status}`).toBe(known[codes.status]);
}

test(
  'Retrieve of an operation that waits MUST give its codes and labels',
  clause('sdk.retrieve', { branch: 'while it waits', needs: ['sdk', 'probe', 'clock'] }),
  async ({ sdk, submit }) => {
    const operation = await submit();
    const reading = await operation.monitor();
    expectCoded(await expectRow(sdk, operation, { codes: reading }), reading);
  },
);

const resultColumns = [table.state, table.status, 'name', 'outputparameters', 'errorcode', 'errormessage'];

test(
  'Retrieve of an operation that succeeded MUST give codes, labels and outputs',
  clause('sdk.retrieve', { branch: 'after success' }),
  async ({ sdk, submit }) => {
    const operation = await submit();
    const codes = await operation.finished();
    const row = await expectRow(sdk, operation, { columns: resultColumns, codes });
    expect(row.id, 'Id').toBe(operation.id);
    expectCoded(row, codes);
    expectTyped(row.attributes, 'name', 'string');
    const shown = readKeyValues(expectTyped(row.attributes, 'outputparameters', 'string'));
    for (const [name, value] of Object.entries(operation.outputs))
      expect(shown?.get(name), `the Value of ${name} in outputparameters`).toSatisfy(
        sameValue(name, value, shown?.get(name)),
        'what the custom API set',
      );
  },
);

test(
  'Retrieve MUST give the columns that it is asked for, whatever it was asked for before',
  clause('sdk.retrieve', { branch: 'other columns each time' }),
  async ({ sdk, submit }) => {
    const operation = await submit();
    const codes = await operation.finished();
    await expectRow(sdk, operation, { codes });
    for (const columns of [['name'], ['outputparameters', 'createdon'], [table.status]]) {
      const { attributes } = await expectRow(sdk, operation, { columns });
      for (const name of columns)
        expect(attributes.has(name), `whether ${name} is there when asked for ${columns.join(', ')}`).toBe(
          true,
        );
    }
  },
);

test(
  'Retrieve of an operation that failed MUST give codes, labels and the error',
  clause('sdk.retrieve', { branch: 'after failure', needs: ['sdk', 'probe', 'clock', 'slow'] }),
  async ({ sdk, submit }) => {
    const operation = await submit({ attempts: [fail('It went wrong <here> & "there".')] });
    const reading = await operation.finished();
    const row = await expectRow(sdk, operation, { columns: resultColumns, codes: reading });
    expectCoded(row, reading);
    expect(expectTyped(row.attributes, 'errorcode', 'int'), 'errorcode').toBe(reading.errorCode);
    expect(expectTyped(row.attributes, 'errormessage', 'string'), 'errormessage').toBe(reading.errorMessage);
  },
);

for (const style of ['dedicated', 'execute'] as const) {
  const by = style === 'dedicated' ? 'the operation Retrieve' : 'Execute';

  test(
    `an unknown id MUST be a fault with the documented code, by ${by}`,
    clause('sdk.unknown-id', { branch: `by ${by}` }),
    async ({ sdk }) => {
      const soap = await sdk.retrieve(randomUUID(), undefined, style);
      const fault = expectFault(soap, 'Retrieve of an unknown id');
      if (fault.detail === undefined) throw new Blocked('sdk.fault-shape', soap.describe(), true);
      expect(fault.code, 'ErrorCode', soap).toBe(errorCodes.notFound);
    },
  );
}

test('the fault of an unknown id SHOULD name it', clause('sdk.unknown-id-text'), async ({ sdk }) => {
  const id = randomUUID();
  const { message } = requireFault(await sdk.retrieve(id), 'sdk.unknown-id');
  expect(message.toLowerCase(), 'Message').toContain(id);
});

test(
  'the members of responses and rows MUST stand in order',
  clause('sdk.member-order', { branch: 'in a row' }),
  async ({ sdk, submit }) => {
    const operation = await submit();
    await operation.finished();
    const named = [table.key, ...resultColumns];
    // Among all columns are references.
    for (const [style, columns] of [
      ['dedicated', named],
      ['execute', named],
      ['dedicated', 'all'],
    ] as const) {
      const soap = await operation.consistent(
        () => sdk.retrieve(operation.id, columns, style),
        ({ row }) => row !== undefined,
      );
      if (soap.row === undefined && style === 'dedicated' && columns !== 'all')
        throw new Blocked('sdk.retrieve', soap.describe());
      expectOrdered(soap, 'the row');
    }
  },
);

test(
  'the members of the response MUST stand in order',
  clause('sdk.member-order', { branch: 'in the response' }),
  async ({ sdk }) => {
    const { soap } = await sdk.call();
    if (soap.results() === undefined) throw new Blocked('sdk.outputs', soap.describe(), true);
    expectOrdered(soap, 'the response');
  },
);

test(
  'the members of a fault MUST stand in order',
  clause('sdk.member-order', { branch: 'in a fault', needs: ['sdk'] }),
  async ({ sdk }) => {
    const soap = await sdk.retrieve(randomUUID());
    requireFault(soap, 'sdk.unknown-id');
    expectOrdered(soap, 'the fault');
  },
);

function expectOrdered({ content }: SoapAnswer, what: string): void {
  const problem = content === undefined ? undefined : orderProblem(content);
  expect(problem, `the order of the members of ${what}`).toSatisfy(
    problem === undefined,
    'that of the data contract',
  );
}

test(
  'Retrieve SHOULD work as an operation and as a typed request',
  clause('sdk.execute-form', { branch: 'Retrieve' }),
  async ({ sdk, submit }) => {
    const operation = await submit();
    const codes = await operation.finished();
    for (const style of ['dedicated', 'execute'] as const) {
      const row = await expectRow(sdk, operation, { codes, style });
      expect(row.id, 'Id of the row').toBe(operation.id);
    }
    expectClass(await sdk.retrieve(operation.id, undefined, 'execute'), 'RetrieveResponse');
  },
);

test(
  'Update SHOULD work as an operation and as a typed request',
  clause('sdk.execute-form', { branch: 'Update', needs: ['sdk', 'probe', 'clock'] }),
  async ({ sdk, submit }) => {
    for (const style of ['dedicated', 'execute'] as const) {
      const operation = await submit();
      const soap = await sdk.cancel(operation, style);
      expect(soap.describe(), 'the answer to Update', soap).toSatisfy(soap.done, 'its response');
      if (style === 'execute') expectClass(soap, 'UpdateResponse');
      expectCodes(await operation.monitor(), 'the monitor after Update', pairs.canceling, pairs.canceled);
    }
  },
);

function expectClass(soap: SoapAnswer, name: string): void {
  const type = soap.result('Execute')?.type;
  expect(type?.local, 'i:type of ExecuteResult', soap).toSatisfy(isNamed(type, 'contracts', name), name);
}

type Sdk = CheckTools['sdk'];

const faults: Readonly<Record<string, (sdk: Sdk) => Promise<SoapAnswer>>> = {
  'an unknown id': (sdk) => sdk.retrieve(randomUUID()),
  'a missing Request': (sdk) => sdk.execute({ name: messages.execute, parameters: {} }),
};

for (const [branch, send] of Object.entries(faults))
  test(
    `the fault of ${branch} SHOULD be an OrganizationServiceFault with the status 500`,
    clause('sdk.fault-shape', { branch }),
    async ({ sdk }) => {
      const soap = await send(sdk);
      const fault = requireFault(
        soap,
        branch === 'an unknown id' ? 'sdk.unknown-id' : 'sdk.request-required',
      );
      expect(soap.answer, 'status', 'the status of the fault').toBe(500);
      expect(fault.detail?.local, 'the detail', soap).toBe('OrganizationServiceFault');
      expect(fault.code, 'ErrorCode', soap).toBeInteger();
      const part = (local: string): string | undefined =>
        fault.detail?.children.find((one) => isNamed(one, 'contracts', local))?.text.trim();
      expect(part('Message'), 'Message').toSatisfy(Boolean(part('Message')), 'a text');
      const time = part('Timestamp');
      expect(time, 'Timestamp').toSatisfy(!Number.isNaN(Date.parse(time ?? '')), 'a date');
    },
  );

test(
  'a target MAY choose the codes of its faults',
  clause('sdk.fault-codes'),
  async ({ sdk, submit, observe }) => {
    const request = { type: 'request', value: { name: messages.whoAmI, parameters: {} } } as const;
    const finished = await submit();
    await finished.settled();
    const seen: Readonly<Record<string, SoapAnswer>> = {
      'a missing Request': await sdk.execute({ name: messages.execute, parameters: {} }),
      [`${messages.whoAmI} as Request`]: await sdk.execute({
        name: messages.execute,
        parameters: { Request: request },
      }),
      'a late cancellation': await sdk.cancel(finished),
      'Update of an unknown id': await sdk.update(randomUUID(), pairs.canceling),
    };
    for (const [what, soap] of Object.entries(seen))
      observe(`${what}: ${soap.describe().split('\n', 1)[0] ?? ''}`);
  },
);
