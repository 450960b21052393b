import { describe, expect, it } from 'vitest';
import { guarded } from '../terminal.ts';
import { proxy, type ProxyOptions } from './proxy.ts';

const silent = guarded({ out: () => undefined, err: () => undefined });
const options = { target: 'http://127.0.0.1:1', host: '127.0.0.1', port: 0, record: 'never.jsonl' };

describe('proxy', () => {
  it.each<[string, Partial<ProxyOptions>, RegExp]>([
    [
      'a target that is no address',
      { target: 'nowhere' },
      /^--target nowhere: that is no address\. Wanted e\.g\./,
    ],
    ['a callback port without a receiver', { callbackPort: 0 }, /belong together: give both/],
    ['a receiver without a port', { callbackTarget: 'http://127.0.0.1:1' }, /belong together: give both/],
    [
      'a receiver that is no address',
      { callbackPort: 0, callbackTarget: 'nowhere' },
      /^--callback-target nowhere: that is no address/,
    ],
    [
      'a file that cannot be written',
      { record: `${import.meta.filename}/traffic.jsonl` },
      /^--record .*: the file cannot be written: a part of the path .*ENOTDIR/,
    ],
  ])('refuses %s, and says what is wanted', async (_what, wrong, message) => {
    await expect(proxy({ ...options, ...wrong }, silent)).rejects.toThrow(message);
  });
});
