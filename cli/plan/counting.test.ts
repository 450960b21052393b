import { describe, expect, it } from 'vitest';
import type { WireAnswer, WireRequest } from '../../harness/answer.ts';
import { counting, noFootprint, total, type Footprint } from './counting.ts';

const organization = 'https://org.example';
const post = (path: string, more: Partial<WireRequest> = {}): WireRequest => ({
  method: 'POST',
  url: `${organization}${path}`,
  headers: [],
  ...more,
});
const api = (name: string, more?: Partial<WireRequest>): WireRequest => post(`/api/data/v9.2/${name}`, more);
const soap = (message: string, parameters = ''): WireRequest =>
  post('/XRMServices/2011/Organization.svc/web', {
    headers: [['SOAPAction', '"Execute"']],
    body: `<RequestName>Inner</RequestName>${parameters}<RequestName>${message}</RequestName>`,
  });
const accepted: WireAnswer = { status: 202, headers: [], body: '' };

/** What one request counts as, without the request itself. */
async function counted(request: WireRequest, answer: Partial<WireAnswer> = {}): Promise<Partial<Footprint>> {
  const transport = {
    send: () => Promise.resolve({ ...accepted, status: 200, ...answer }),
    close: () => Promise.resolve(),
  };
  const counter = counting(transport, ['bgop_Probe']);
  await counter.send(request);
  const { requests, ...rest } = counter.taken();
  expect(requests).toBe(1);
  expect(counter.taken()).toEqual(noFootprint);
  return Object.fromEntries(Object.entries(rest).filter(([, number]) => number !== 0));
}

describe('what a request does to a target', () => {
  it.each<[string, WireRequest, Partial<WireAnswer>, Partial<Footprint>]>([
    ['a submission', api('bgop_Probe'), accepted, { operations: 1 }],
    [
      'a submission with a callback',
      api('bgop_Probe'),
      { status: 202, headers: [['PREFERENCE-APPLIED', 'Respond-Async, OData.Callback']] },
      { operations: 1, callbacks: 1 },
    ],
    [
      'a submission that applies something else',
      api('bgop_Probe'),
      {
        status: 202,
        headers: [
          ['Preference-Applied', 'respond-async'],
          ['x', 'callback'],
        ],
      },
      { operations: 1 },
    ],
    ['a call', api('bgop_Probe'), {}, { synchronous: 1 }],
    ['a call that is refused', api('bgop_Probe'), { status: 300 }, {}],
    ['a call before its time', api('bgop_Probe'), { status: 199 }, {}],
    ['a call of something else', api('WhoAmI'), {}, {}],
    ['a call below another path', post('/else/api/data/v9.2/bgop_Probe'), {}, {}],
    ['a call with more behind it', api('bgop_Probe/x'), {}, {}],
    ['a look', api('serviceendpoints', { method: 'GET' }), {}, {}],
    ['a webhook', api('serviceendpoints'), { status: 299 }, { webhooks: 1 }],
    ['a step', api('sdkmessageprocessingsteps'), { status: 204 }, { steps: 1 }],
    ['a registration', api('callbackregistrations'), { status: 201 }, { registrations: 1 }],
    ['an operation over SOAP', soap('ExecuteBackgroundOperation'), {}, { operations: 1 }],
    [
      'an operation over SOAP with a callback',
      soap('ExecuteBackgroundOperation', '<key>CallbackUri</key>'),
      {},
      { operations: 1, callbacks: 1 },
    ],
    ['a call over SOAP', soap('bgop_Probe'), {}, { synchronous: 1 }],
    ['another message', soap('WhoAmI'), {}, {}],
    ['a message without a name', post('/', { headers: [['soapaction', '']] }), accepted, {}],
  ])('is told for %s', async (_what, request, answer, footprint) => {
    expect(await counted(request, answer)).toEqual(footprint);
  });

  it('is added up, member by member', () => {
    const one: Footprint = { ...noFootprint, requests: 1, steps: 2 };
    expect(total([one, { ...one, webhooks: 3 }])).toEqual({
      ...noFootprint,
      requests: 2,
      steps: 4,
      webhooks: 3,
    });
    expect(total([])).toEqual(noFootprint);
  });

  it('is still told when the transport is closed, and closing reaches it', async () => {
    let closed = false;
    const close = () => {
      closed = true;
      return Promise.resolve();
    };
    const counter = counting({ send: () => Promise.resolve(accepted), close }, []);
    await counter.send(api('x'));
    await counter.close();
    expect([closed, counter.taken().operations]).toEqual([true, 1]);
  });
});
