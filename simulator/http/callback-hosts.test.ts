import type { lookup } from 'node:dns';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCallbackHosts, defaultCallbackHosts, entryProblem, kindOf } from './callback-hosts.ts';

/** A name server that knows these names. */
const names = (known: Readonly<Record<string, readonly string[]>>): typeof lookup =>
  // The overloads of `lookup` cannot be met by one function.
  ((name: string, _options: object, callback: (error: null, found: object[]) => void) => {
    const found = known[name] ?? [];
    callback(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as unknown as typeof lookup;

/** How a URL fares: undefined if it may be called, else why not. */
async function problemOf(entries: readonly string[], url: string, known = {}): Promise<string | undefined> {
  const { hostname } = new URL(url);
  const name = hostname.replace(/^\[|\]$/g, '');
  const hosts = createCallbackHosts(entries, names(known));
  const refusal = hosts.refuses(name);
  if (refusal !== undefined || /^[\d.]+$|:/.test(name)) return refusal;
  return new Promise((resolve) => {
    hosts.lookup(name, { all: true }, (error) => {
      resolve(error?.message);
    });
  });
}

describe('kinds of addresses', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['0.0.0.0', 'loopback'],
    ['::', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::127.0.0.1', 'loopback'],
    ['64:ff9b::7f00:1', 'loopback'],
    ['2002:7f00:1::', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.1', 'private'],
    ['100.64.0.1', 'private'],
    ['fd12::1', 'private'],
    ['224.0.0.1', 'private'],
    ['255.255.255.255', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['169.254.1.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['169.254.169.254', 'metadata'],
    ['::ffff:169.254.169.254', 'metadata'],
    ['::ffff:a9fe:a9fe', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['8.8.8.8', 'public'],
    ['172.32.0.1', 'public'],
    ['2606:4700::1111', 'public'],
  ])('%s is %s', (address, kind) => {
    expect(kindOf(address)).toBe(kind);
  });
});

describe('addresses of IPv4 inside addresses of IPv6', () => {
  const hex = (bytes: readonly number[]) =>
    bytes
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .replace(/(?<=.)(?=(?:.{4})+$)/g, ':');
  type Bytes = readonly [number, number, number, number];
  const forms: Readonly<Record<string, (bytes: Bytes) => string>> = {
    mapped: (bytes) => `::ffff:${bytes.join('.')}`,
    SIIT: (bytes) => `::ffff:0:${bytes.join('.')}`,
    '6to4': (bytes) => `2002:${hex(bytes)}::1`,
    NAT64: (bytes) => `64:ff9b::${hex(bytes)}`,
    'NAT64 of a network': (bytes) => `64:ff9b:1::${bytes.join('.')}`,
    Teredo: (bytes) => `2001:0:4136:e378:8000:63bf:${hex(bytes.map((byte) => 255 - byte))}`,
  };

  it.each(Object.entries(forms))('are what they are: %s', (_, form) => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const bytes = address.split('.').map(Number) as unknown as Bytes;
        expect(kindOf(form(bytes))).toBe(kindOf(address));
        const refused = createCallbackHosts(['public']).refuses(address) === undefined;
        expect(createCallbackHosts(['public']).refuses(form(bytes)) === undefined).toBe(refused);
      }),
      { numRuns: 300 },
    );
    for (const bytes of [
      [169, 254, 169, 254],
      [127, 0, 0, 1],
      [10, 0, 0, 1],
    ] as const)
      expect(kindOf(form(bytes))).toBe(kindOf(bytes.join('.')));
  });

  it('are what they are: compatible', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        if (/^0\.0\.0\.[01]$/.test(address)) return;
        expect(kindOf(`::${address}`)).toBe(kindOf(address));
      }),
    );
  });

  it.each([
    // 10.1.2.3, and 169.254.169.254, behind prefixes of 48, 56 and 64 bits.
    ['64:ff9b:1:0a01:0002:0300::', 'private'],
    ['64:ff9b:1:a9fe:00a9:fe00::', 'metadata'],
    ['64:ff9b:1:00a9:00fe:a9fe::', 'metadata'],
    ['64:ff9b:1:0:00a9:fea9:fe00:0', 'metadata'],
  ])('%s counts as the most harmful that it may be', (address, kind) => {
    expect(byHarmAtLeast(kindOf(address), kind)).toBe(true);
  });
});

function byHarmAtLeast(found: string, wanted: string): boolean {
  const order = ['public', 'private', 'link-local', 'loopback', 'metadata'];
  return order.indexOf(found) >= order.indexOf(wanted);
}

describe('hosts that may be called', () => {
  const outside = defaultCallbackHosts(true);
  const inside = defaultCallbackHosts(false);

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://0/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/',
    'http://0xa9fea9fe/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://192.168.1.1/',
  ])('refuses %s where others reach the simulator', async (url) => {
    expect(await problemOf(outside, url)).toContain('--callback-hosts');
  });

  it('decides a name by the addresses it leads to, and calls only those that may be called', async () => {
    const known = {
      'in.test': ['10.0.0.1'],
      'out.test': ['8.8.8.8'],
      'both.test': ['10.0.0.1', '8.8.8.8'],
      'meta.test': ['169.254.169.254'],
    };
    expect(await problemOf(outside, 'http://in.test/', known)).toContain('10.0.0.1 (private)');
    expect(await problemOf(outside, 'http://out.test/', known)).toBeUndefined();
    expect(await problemOf(inside, 'http://in.test/', known)).toBeUndefined();
    expect(await problemOf(inside, 'http://meta.test/', known)).toContain('metadata');
    const hosts = createCallbackHosts(outside, names(known));
    const found = await new Promise((resolve) => {
      hosts.lookup('both.test', { all: false }, (_error, address) => {
        resolve(address);
      });
    });
    expect(found).toBe('8.8.8.8');
  });

  it('allows this machine and its networks where only this machine reaches the simulator, metadata never', async () => {
    for (const url of [
      'http://127.0.0.1/',
      'http://[::1]/',
      'http://10.0.0.1/',
      'http://169.254.1.1/',
      'http://8.8.8.8/',
    ]) {
      expect(await problemOf(inside, url)).toBeUndefined();
    }
    expect(await problemOf(inside, 'http://169.254.169.254/')).toContain('metadata');
  });

  it('takes names, addresses, ranges and refusals', async () => {
    const known = { 'a.hooks.test': ['10.0.0.1'], 'hooks.test': ['10.0.0.1'] };
    expect(await problemOf(['*.hooks.test'], 'http://a.hooks.test/', known)).toBeUndefined();
    expect(await problemOf(['*.hooks.test'], 'http://hooks.test/', known)).toBeDefined();
    expect(await problemOf(['10.0.0.0/24'], 'http://hooks.test/', known)).toBeUndefined();
    expect(await problemOf(['10.0.0.0/24', '!10.0.0.1'], 'http://hooks.test/', known)).toBeDefined();
    expect(await problemOf(['any', '!hooks.test'], 'http://hooks.test/', known)).toBeDefined();
    expect(await problemOf(['any', '!metadata'], 'http://169.254.169.254/')).toBeDefined();
    expect(await problemOf(['fd00::/8'], 'http://[fd00::5]/')).toBeUndefined();
  });

  it('says what is wrong with an entry', () => {
    expect(
      ['any', '!private', '10.0.0.0/8', 'fd00::/8', '*.a.test', 'host', '!1.2.3.4'].map(entryProblem),
    ).toEqual(Array(7).fill(undefined));
    for (const wrong of ['10.0.0.0/99', 'a b', 'http://x', '*', '10/8'])
      expect(entryProblem(wrong)).toContain(wrong);
  });
});
