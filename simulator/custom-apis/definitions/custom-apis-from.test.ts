import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createKit } from '../../test-kit.ts';
import { CustomApiProblem, customApisFrom } from './custom-apis-from.ts';
import type { CustomApiFile } from './definition.ts';
import { customApiSchemaFile, customApiSchemaText } from './schema.ts';

const messageOf = (content: unknown): string => {
  try {
    customApisFrom(content as CustomApiFile);
  } catch (error) {
    if (error instanceof CustomApiProblem) return error.message;
    throw error;
  }
  return '';
};
const one = (api: object) => ({ customApis: [{ uniqueName: 'my_Api', ...api }] });
const call = (kit: ReturnType<typeof createKit>, body: object) =>
  kit.call('POST', '/api/data/v9.2/my_Api', { body });

it('the JSON Schema in the documentation follows from the schema', () => {
  const file = fileURLToPath(new URL(`../../../${customApiSchemaFile}`, import.meta.url));
  expect(readFileSync(file, 'utf8'), 'npm run refresh brings it up to date').toBe(customApiSchemaText());
});

describe('what cannot be used', () => {
  it.each([
    [[], 'wanted an object with "customApis"'],
    [{}, 'customApis: wanted a list of custom APIs'],
    [
      { customApis: [{ uniqueName: 'Api' }] },
      "customApis[0].uniqueName: wanted a publisher's prefix, an underscore and a name",
    ],
    [
      one({ parameters: [{ uniqueName: 'A', type: 'Text' }] }),
      'customApis[0].parameters[0].type: wanted one of Boolean',
    ],
    [one({ colour: 1 }), 'customApis[0].colour: there is no such key'],
    [one({ durationMs: -1 }), 'customApis[0].durationMs: wanted a number from 0'],
    [one({ fail: 'no' }), 'customApis[0].fail: wanted an object with "message"'],
    [one({ attempts: [{ fial: {} }] }), 'customApis[0].attempts[0].fial: there is no such key'],
    [
      one({ attempts: [{ oneOf: [{ weight: 0 }] }] }),
      'customApis[0].attempts[0].oneOf[0].weight: wanted a number above 0',
    ],
    [
      one({ attempts: [{ oneOf: [{ weight: 1, timeout: true }] }] }),
      'customApis[0].attempts[0].oneOf[0].timeout: there',
    ],
    [
      one({ attempts: [{ timeOut: true, fail: { message: '' } }] }),
      'attempts[0].timeOut: an attempt either fails',
    ],
    [one({ outputs: { A: 1 } }), 'customApis[0].outputs.A: "properties" has no such response property'],
    [
      one({ properties: [{ uniqueName: 'A', type: 'Integer' }], outputs: { A: 'one' } }),
      'customApis[0].outputs.A: the value is not of the type Integer',
    ],
    [
      one({ properties: [{ uniqueName: 'A', type: 'String' }], attempts: [{ outputs: { A: '{{B}}' } }] }),
      'customApis[0].attempts[0].outputs.A: {{B}} is not a parameter; there are $operationId',
    ],
    [one({ fail: { message: '{{$what}}' } }), 'customApis[0].fail.message: {{$what}} is not a parameter'],
    [one({ isFunction: true }), 'customApis[0].isFunction: a function needs a response property'],
    [
      { customApis: [{ uniqueName: 'my_A' }, { uniqueName: 'my_A' }] },
      'customApis[1].uniqueName: "my_A" stands',
    ],
  ])('%j', (content, message) => {
    expect(messageOf(content)).toContain(message);
  });

  it('is told all at once', () => {
    const message = messageOf(one({ colour: 1, size: 2, durationMs: 'long' }));
    expect(message.split('\n')).toHaveLength(4);
  });
});

describe('a definition', () => {
  const properties = [
    { uniqueName: 'Text', type: 'String' as const },
    { uniqueName: 'Number', type: 'Decimal' as const },
    { uniqueName: 'Texts', type: 'StringArray' as const },
  ];
  const parameters = [
    { uniqueName: 'Name', type: 'String' as const, optional: true },
    { uniqueName: 'Number', type: 'Decimal' as const, optional: true },
  ];

  it('fills places with inputs, digit by digit, and leaves out what was not given', async () => {
    const outputs = {
      Text: '{{Name}} {{Number}} {{ $attempt }}',
      Number: '{{Number}}',
      Texts: ['{{Name}}', 'b'],
    };
    const customApis = customApisFrom({
      customApis: [{ uniqueName: 'my_Api', parameters, properties, outputs }],
    });
    const kit = createKit({ customApis });
    const answer = await call(kit, { Name: '{{$now}}', Number: 1 });
    expect(JSON.parse(answer.body ?? '')).toMatchObject({
      Text: '{{$now}} 1 1',
      Number: 1,
      Texts: ['{{$now}}', 'b'],
    });
    const exact = await kit.simulator.handle({
      method: 'POST',
      path: '/api/data/v9.2/my_Api',
      query: '',
      origin: 'https://contoso.example',
      headers: { authorization: 'Bearer token-initiator', 'content-type': 'application/json' },
      prefer: [],
      body: '{"Number":12345678901234567890.12}',
    });
    expect(exact.body).toContain('"Number":12345678901234567890.12');
    expect(exact.body).toContain('"Text":" 12345678901234567890.12 1"');
  });

  it('fails with its code, synchronously, too, and times out at once there', async () => {
    const customApis = customApisFrom({
      customApis: [
        { uniqueName: 'my_Api', fail: { code: -2147220989, message: 'no' } },
        { uniqueName: 'my_Slow', timeOut: true },
      ],
    });
    const kit = createKit({ customApis });
    const failed = await call(kit, {});
    expect(JSON.parse(failed.body ?? '')).toMatchObject({ error: { code: '0x80040203', message: 'no' } });
    expect((await kit.call('POST', '/api/data/v9.2/my_Slow')).status).toBeGreaterThanOrEqual(400);
  });

  it('draws outcomes by weight, the same for the same seed', async () => {
    const outcomes = async (seed: number) => {
      const attempts = [{ oneOf: [{ weight: 3 }, { weight: 1, fail: { message: 'no' } }] }];
      const kit = createKit({
        customApis: customApisFrom({ customApis: [{ uniqueName: 'my_Api', attempts }] }, { seed }),
      });
      const statuses: number[] = [];
      for (let count = 0; count < 200; count += 1) statuses.push((await call(kit, {})).status);
      return statuses;
    };
    const first = await outcomes(1);
    const failures = first.filter((status) => status >= 400).length;
    expect(failures).toBeGreaterThan(25);
    expect(failures).toBeLessThan(80);
    expect(await outcomes(1)).toEqual(first);
    expect(await outcomes(2)).not.toEqual(first);
  });

  it('takes custom APIs in code as they are', () => {
    const coded = {
      uniqueName: 'my_Code',
      displayName: 'Code',
      parameters: [],
      properties: [],
      execute: () => ({}),
    };
    expect(customApisFrom({ customApis: [{ uniqueName: 'my_Api' }, coded] })[1]).toBe(coded);
  });
});

it('others replace custom APIs at once and after a reset; samples and the probe stay', async () => {
  const kit = createKit({ customApis: customApisFrom({ customApis: [{ uniqueName: 'my_Api' }] }) });
  expect((await call(kit, {})).status).toBe(204);
  kit.simulator.replaceCustomApis(customApisFrom({ customApis: [{ uniqueName: 'my_Other' }] }));
  for (let round = 0; round < 2; round += 1) {
    expect((await call(kit, {})).status).toBe(404);
    expect((await kit.call('POST', '/api/data/v9.2/my_Other')).status).toBe(204);
    expect((await kit.call('POST', '/api/data/v9.2/sample_Echo', { body: {} })).status).toBe(200);
    const metadata = await kit.call('GET', '/api/data/v9.2/$metadata');
    expect(metadata.body).toContain('my_Other');
    expect(metadata.body).not.toContain('my_Api');
    kit.simulator.control.reset();
  }
});
