import { describe, expect, it } from 'vitest';
import type { Received } from '../../record/evidence.ts';
import { lookAtDelivery } from './delivery-form.ts';

const id = '6b3baca2-5097-4a36-94cb-e8c9e92439de';
const payload = {
  backgroundOperationId: id,
  location: `https://contoso.example/api/backgroundoperation/${id}`,
  backgroundOperationStateCode: 3,
  backgroundOperationStatusCode: 30,
};

function charged(value: object | string, more: Partial<Received> = {}): string[] {
  const clauses = new Set<string>();
  const received: Received = {
    kind: 'received',
    at: '2026-01-01T00:00:00.000Z',
    purpose: 'callback',
    method: 'POST',
    url: '/bgop/x',
    headers: [['Content-Type', 'application/json']],
    body: { text: typeof value === 'string' ? value : JSON.stringify(value) },
    answered: '200',
    ...more,
  };
  lookAtDelivery(received, (clause) => clauses.add(clause));
  return [...clauses];
}

describe('any callback', () => {
  it('is right as it is documented, and what is none is not looked at', () => {
    expect(charged(payload)).toEqual([]);
    expect(charged('', { purpose: 'probe', method: 'GET' })).toEqual([]);
    const failedBefore = { backgroundOperationErrorCode: 0, backgroundOperationErrorMessage: null };
    expect(charged({ ...payload, ...failedBefore })).toEqual([]);
  });

  it.each([
    ['callback.post', payload, { method: 'PUT' }],
    ['callback.no-credentials', payload, { headers: [['Cookie', 'a=b']] as const }],
    ['callback.json', '[]', {}],
    ['callback.codes', { ...payload, backgroundOperationStateCode: 2 }, {}],
    ['callback.codes', { ...payload, backgroundOperationStatusCode: '30' }, {}],
    ['callback.no-outputs', { ...payload, Text: 'a' }, {}],
    ['callback.only-documented-members', { ...payload, more: 1 }, {}],
  ])('breaks %s', (clause, value, more) => {
    expect(charged(value, more)).toEqual([clause]);
  });
});

describe('any event', () => {
  const pair = (key: string, value: unknown): object => ({ key, value });
  const event = (inputs: object[], outputs: object[], name = 'OnBackgroundOperationComplete'): string[] =>
    charged(
      { MessageName: name, InputParameters: inputs, OutputParameters: outputs },
      { purpose: 'event', headers: [['X-MS-Dynamics-Request-Name', name]] },
    );
  const inputs = [
    pair('PayloadType', 0),
    pair('BackgroundOperationId', id),
    pair('LocationUrl', payload.location),
  ];
  const codes = (state: unknown, status: unknown): object[] => [
    pair('BackgroundOperationStateCode', state),
    pair('BackgroundOperationStatusCode', status),
  ];

  it('is right as it is documented, and another message is not looked at', () => {
    expect(event(inputs, codes(3, 31))).toEqual([]);
    expect(event([], [], 'Create')).toEqual([]);
    const withQuery = [...inputs.slice(0, 2), pair('LocationUrl', `${payload.location}?tag=a`)];
    expect(event(withQuery, codes(3, 31))).toEqual([]);
  });

  it('breaks event.inputs with another payload type, and with the monitor of another operation', () => {
    expect(event([pair('PayloadType', 1), ...inputs.slice(1)], codes(3, 31))).toEqual(['event.inputs']);
    const other = pair('BackgroundOperationId', id.replace('6b3b', '7b3b'));
    expect(event([inputs[0] as object, other, inputs[2] as object], codes(3, 31))).toEqual(['event.inputs']);
  });

  it('breaks event.inputs with an id and an address that are no text', () => {
    const odd = (key: string): object => pair(key, { toString: 1 });
    const strange = [pair('PayloadType', 0), odd('BackgroundOperationId'), odd('LocationUrl')];
    expect(event(strange, codes(3, 31))).toEqual(['event.inputs']);
  });

  it('breaks event.headers where none names the message', () => {
    const body = { MessageName: 'OnBackgroundOperationComplete', InputParameters: inputs };
    expect(charged({ ...body, OutputParameters: codes(3, 31) }, { purpose: 'event' })).toEqual([
      'event.headers',
    ]);
  });

  it('breaks event.outputs with codes that are no end', () => {
    expect(event(inputs, codes(2, 22))).toEqual(['event.outputs']);
    expect(event(inputs, codes('3', '31'))).toEqual(['event.outputs']);
  });
});
