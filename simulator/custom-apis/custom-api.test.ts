import { expect, it } from 'vitest';
import {
  execute,
  find,
  pairs,
  parameter,
  request,
  send,
  value,
} from '../organization-service/soap.fixture.ts';
import { createKit } from '../test-kit.ts';
import type { CustomApi } from './custom-api.ts';
import { failureOf, numberOf } from './custom-api.ts';

const half: CustomApi = {
  uniqueName: 'my_Half',
  displayName: 'Half',
  parameters: [{ uniqueName: 'Of', type: 'Decimal', optional: true }],
  properties: [{ uniqueName: 'Is', type: 'Float' }],
  execute: ({ inputs }) => ({ Is: inputs.Of === undefined ? 'NaN' : numberOf(inputs.Of) / 2 }),
};

it.each([
  ['3', 1.5],
  ['1.50', 0.75],
  ['12345678901234567890.5', 6172839450617284000],
])(
  'a custom API calculates with %s, from the Web API and from the organization service',
  async (text, expected) => {
    const kit = createKit({ customApis: [half] });
    const answer = await kit.call('POST', '/api/data/v9.2/my_Half', { body: `{"Of":${text}}` });
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ Is: expected });
    const soap = await send(kit, execute(request('my_Half', parameter('Of', value('xs:decimal', text)))));
    expect(Number(pairs(find(soap, 'Results')).Is?.text)).toBe(expected);
  },
);

it('what is not a number is NaN', () => {
  expect([numberOf('1'), numberOf(null), numberOf(undefined)]).toEqual([NaN, NaN, NaN]);
});

it('an error of the platform keeps its code, whichever copy of the module made it', () => {
  class PlatformError extends Error {
    override readonly name = 'PlatformError';
    readonly code = -2147220989;
  }
  expect(failureOf(new PlatformError('no'))).toEqual({ kind: 'platform', code: -2147220989, message: 'no' });
  expect(failureOf(new Error('no'))).toEqual({ kind: 'other', code: 0, message: 'no' });
});
