import { credentialHeaders } from '../contract/vocabulary.ts';
import { isAccepted } from '../harness/check/accepted.ts';
import { Channel } from '../harness/listener.ts';
import { Blocked, clause, expect, test } from '../harness/test.ts';
import { calledBack } from './support/callbacks.ts';
import { completions } from './support/completions.ts';
import { passes } from './support/waiting.ts';

const { success, ...others } = completions;

/** Further path and query of callback URLs, in which every character must arrive as it was sent. */
const suffixes = {
  'a SAS signature':
    '?sv=2024-11-04&se=2026-01-02T03%3A04%3A05Z&sr=b&sp=rw&sig=bgop-%2Babc%2Fdef%3D&skoid=0f9d3c52',
  'a signature whose characters are not encoded': '?sig=bgop-a+b/c==&se=2026-01-02T03:04:05Z',
  'percent-encodings in both cases': '?sig=bgop-%2b%2F%2f%3d%3D&a=%c3%a4%C3%A4',
  'encodings that need not be there': '/%7Euser/%41%2e%2D?x=%7E%61%2d%30',
  'double encodings': '/a%252Fb?x=%2525&sig=bgop-%252B',
  'plus signs and encoded spaces': '/a+b/c%20d?x=a+b&y=c%20d&z=%2B',
  'empty values and flags': '?a=&b&&c=1&=d&sig=bgop-1',
  'repeated names, not in order': '?z=1&a=2&z=3&a=1&Z=4',
  'further path with reserved characters': "/hooks/v1.0/(it's)/a:b@c/x=1!$*/~.-_?p=/q?r:@!$'()*",
  'an encoded slash and question mark': '/a%2Fb%3Fc/d?e=%2F%3F%23',
  'double and trailing slashes': '//a//b/?x=//',
  'dot segments': '/a/./b/../c/..;x/d?e=/../f',
  'a Logic Apps trigger':
    '/workflows/6f9619ff8b86/triggers/manual/paths/invoke?api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=bgop-q_x-Y%2b',
  'a long query': `?sig=bgop-${'0123456789abcdef'.repeat(100)}&end=1`,
} as const;

/** The part of a URL that is the listener's: from its own path on. */
function fromKey(url: string): string {
  return url.slice(Math.max(0, url.indexOf('/bgop/')));
}

for (const [branch, suffix] of Object.entries(suffixes)) {
  test(
    `path and query of the callback’s URL MUST reach the receiver unchanged, with ${branch}`,
    clause('callback.url-verbatim', { branch }),
    async ({ submit, target, clock }) => {
      const operation = await success.reach({ submit, clock, target }, { callback: { suffix } });
      const sent = fromKey(operation.parts.callbackUrl ?? '');
      for (const callback of await calledBack(operation, target)) {
        const { path, query } = callback;
        // What a reverse proxy before the listener adds in front is not the target's doing.
        const arrived = fromKey(`${path}${query === '' ? '' : `?${query}`}`);
        if (sent.startsWith(arrived) && /^[,;=]/.test(sent.slice(arrived.length)))
          throw new Blocked('prefer.quoted-url', `the URL arrived only as far as ${arrived}`);
        expect(arrived, 'path and query of the callback', callback).toBe(sent);
      }
    },
  );
}

for (const { when, needs, reach, certain } of Object.values(others)) {
  test(
    `path and query of the callback’s URL MUST reach the receiver unchanged ${when}`,
    clause('callback.url-verbatim', { branch: when, needs: [...needs, 'callback'] }),
    async ({ submit, target, clock }) => {
      const suffix = suffixes['a SAS signature'];
      const operation = await reach({ submit, clock, target }, { callback: { suffix } });
      const sent = fromKey(operation.parts.callbackUrl ?? '');
      for (const callback of await calledBack(operation, target, { certain })) {
        const { path, query } = callback;
        const arrived = fromKey(`${path}${query === '' ? '' : `?${query}`}`);
        expect(arrived, 'path and query of the callback', callback).toBe(sent);
      }
    },
  );
}

for (const { when, needs, reach, certain } of Object.values(completions)) {
  test(
    `a callback MUST NOT carry credentials in its headers, ${when}`,
    clause('callback.no-credentials', { branch: when, needs: [...needs, 'callback'] }),
    async ({ submit, target, clock }) => {
      const suffix = '?sig=bgop-%2Bsignature&code=bgop-key';
      const operation = await reach({ submit, clock, target }, { callback: { suffix } });
      for (const { headers } of await calledBack(operation, target, { certain })) {
        const names = headers.map(([name]) => name.toLowerCase());
        const added = credentialHeaders.filter((name) => names.includes(name));
        expect(added, 'the headers with credentials in the callback').toEqual([]);
      }
    },
  );
}

for (const status of [302, 307])
  test(
    `a callback that is led elsewhere by ${status} MUST NOT carry credentials there`,
    clause('callback.no-credentials', { branch: `a redirect by ${status}` }),
    async ({ submit, target }) => {
      const channel = new Channel('callback', () => ({ status: 200 }), false);
      const { url, key } = target.listener.open(channel);
      try {
        // The listener sets a cookie beside its redirect.
        const operation = await submit({
          callback: { replies: [{ status, location: url }, { status: 200 }] },
        });
        await operation.finished();
        await calledBack(operation, target);
        await passes(target);
        for (const { headers } of [...operation.callbacks, ...channel.deliveries]) {
          const names = headers.map(([name]) => name.toLowerCase());
          expect(
            credentialHeaders.filter((name) => names.includes(name)),
            'the headers with credentials in the callback',
          ).toEqual([]);
        }
      } finally {
        target.listener.close(key);
      }
    },
  );

test(
  'a callback MUST NOT pass on the credentials that came with the call',
  clause('callback.no-credentials', { branch: 'those of the call' }),
  async ({ submit, target }) => {
    const operation = await submit({
      callback: true,
      headers: [
        ['Cookie', 'bgop-cookie=1'],
        ['x-functions-key', 'bgop-functions-key'],
        ['api-key', 'bgop-api-key'],
      ],
    });
    await operation.finished();
    for (const { headers } of await calledBack(operation, target)) {
      const names = headers.map(([name]) => name.toLowerCase());
      expect(
        credentialHeaders.filter((name) => names.includes(name)),
        'the headers with credentials in the callback',
      ).toEqual([]);
    }
  },
);

test(
  'a callback MUST NOT turn the user part of its URL into credentials',
  clause('callback.no-credentials', { branch: 'a user in the URL' }),
  async ({ call, operationOf, target }) => {
    const prefer = (url: string): string =>
      `respond-async, odata.callback; url="${url.replace('://', '://user:bgop-secret@')}"`;
    const called = await call({ callback: true, prefer });
    // Who takes no such address adds nothing to a callback.
    if (!isAccepted(called.answer)) return;
    await operationOf(called).finished();
    await passes(target);
    for (const { headers } of called.callbacks?.deliveries ?? []) {
      const names = headers.map(([name]) => name.toLowerCase());
      expect(
        credentialHeaders.filter((name) => names.includes(name)),
        'the headers with credentials in the callback',
      ).toEqual([]);
    }
  },
);
