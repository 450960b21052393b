import { expect, it } from 'vitest';
import { changesOnTheWay, delicateSuffix } from './passed-on.ts';

const key = '0123456789abcdef0123456789abcdef';
const sent = `https://tunnel.example/deep/bgop/${key}${delicateSuffix}`;

function arrived(address: string, headers: readonly (readonly [string, string])[] = []): string[] {
  const [path = '', query = ''] = address.split('?');
  return changesOnTheWay(sent, { method: 'POST', path, query, headers, body: '{}' }, key);
}

it('finds nothing changed where only the folder of a proxy is taken away, and harmless fields are added', () => {
  const forwarded = [['X-Forwarded-For', '203.0.113.7'] as const, ['Via', '1.1 tunnel'] as const];
  expect(arrived(`/bgop/${key}${delicateSuffix}`, forwarded)).toEqual([]);
});

it('sees an address that is decoded on the way, and credentials that are added', () => {
  const [address, fields] = arrived(`/bgop/${key}/a b/c/d?sv=2024&sig=x+y/z==&e=&f=%7E ~`, [
    ['Authorization', 'Basic x'],
  ]);
  expect(address).toContain(`${delicateSuffix} arrives as`);
  expect(fields).toBe('it adds authorization');
});
