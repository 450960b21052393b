import { expect, it } from 'vitest';
import { soapWait } from './throttling.ts';

function fault(code: number, wait = ''): { status: number; headers: []; body: string } {
  const details = `<a:Pair><b:key>Retry-After</b:key> <b:value i:type="q:duration">${wait}</b:value></a:Pair>`;
  return { status: 500, headers: [], body: `<ErrorCode>${code}</ErrorCode>${wait === '' ? '' : details}` };
}

it('reads how long a fault asks to wait', () => {
  expect(soapWait(fault(-2147015902, 'PT5S'))).toBe(5_000);
  expect(soapWait(fault(-2147015903, 'PT1M2.5S'))).toBe(62_500);
  expect(soapWait(fault(-2147015898))).toBe(0);
});

it('reads a code whose element declares a namespace', () => {
  const { body, ...rest } = fault(-2147015902, 'PT5S');
  const declared = body.replace('<ErrorCode>', '<e:ErrorCode xmlns:e="urn:e">');
  expect(soapWait({ ...rest, body: declared })).toBe(5_000);
});

it('takes no other fault for one that asks to wait', () => {
  expect(soapWait(fault(-2147220970, 'PT5S'))).toBeUndefined();
  expect(soapWait({ ...fault(-2147015902, 'PT5S'), status: 200 })).toBeUndefined();
});
