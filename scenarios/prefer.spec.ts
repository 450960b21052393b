import { isAccepted } from '../harness/check/accepted.ts';
import { Blocked, clause, expect, test } from '../harness/test.ts';
import { driveToRest } from './support/moments.ts';
import { letItShow } from './support/no-operation.ts';
import { applied, expectAsynchronous, expectCallback, expectIgnored } from './support/preferring.ts';

for (const prefer of ['Respond-Async', 'RESPOND-ASYNC', 'respond-ASYNC']) {
  test(
    `${prefer} MUST be read as respond-async`,
    clause('prefer.case-insensitive', { branch: prefer }),
    async ({ call }) => {
      await expectAsynchronous({ call }, prefer);
    },
  );
}

for (const [preference, parameter] of [
  ['ODATA.CALLBACK', 'url'],
  ['OData.Callback', 'Url'],
  ['odata.callback', 'URL'],
] as const) {
  test(
    `${preference} with ${parameter} MUST be read as odata.callback with url`,
    clause('prefer.case-insensitive', {
      branch: `${preference}; ${parameter}`,
      needs: ['probe', 'callback'],
    }),
    async ({ call, operationOf, clock, target }) => {
      const prefer = (url: string): string => `respond-async, ${preference}; ${parameter}="${url}"`;
      await expectCallback({ call, operationOf, clock, target }, prefer);
    },
  );
}

const lists = {
  'first of two': 'respond-async, return=representation',
  'last of two': 'return=representation, respond-async',
  'last of three': 'odata.maxpagesize=10, odata.include-annotations="*", respond-async',
  'in the middle': 'return=minimal, respond-async, odata.track-changes',
  'after a quoted list':
    'odata.include-annotations="OData.Community.*,Microsoft.Dynamics.CRM.*", respond-async',
  'after an empty element': ', , respond-async',
  'before an empty element': 'respond-async, ,',
} as const;

for (const [place, prefer] of Object.entries(lists)) {
  test(
    `respond-async MUST be found in a list, ${place}`,
    clause('prefer.any-position', { branch: place }),
    async ({ call }) => {
      await expectAsynchronous({ call }, prefer);
    },
  );
}

test(
  'respond-async and odata.callback MUST be found in either order, beside other preferences',
  clause('prefer.any-position', { branch: 'after the callback', needs: ['probe', 'callback'] }),
  async ({ call, operationOf, clock, target }) => {
    const tools = { call, operationOf, clock, target };
    await expectCallback(tools, (url) => `odata.callback; url="${url}", respond-async`);
    await expectCallback(
      tools,
      (url) => `return=minimal, odata.callback; url="${url}", odata.maxpagesize=5, respond-async`,
    );
  },
);

const spaced: Readonly<Record<string, (url: string) => string>> = {
  'no white space at all': (url) => `respond-async,odata.callback;url="${url}"`,
  'spaces around commas and semicolons': (url) => `respond-async , odata.callback ; url="${url}"`,
  'spaces around the equals sign': (url) => `respond-async, odata.callback; url = "${url}"`,
  'several spaces': (url) => `respond-async  ,   odata.callback  ;   url  =  "${url}"  `,
  tabs: (url) => `respond-async\t,\todata.callback\t;\turl="${url}"`,
};

for (const [kind, prefer] of Object.entries(spaced)) {
  test(
    `white space in Prefer MUST change nothing: ${kind}`,
    clause('prefer.whitespace', { branch: kind }),
    async ({ call, operationOf, clock, target }) => {
      await expectCallback({ call, operationOf, clock, target }, prefer);
    },
  );
}

for (const fields of [
  ['respond-async', 'return=representation'],
  ['return=representation', 'respond-async'],
  ['odata.maxpagesize=10', 'return=minimal, respond-async', 'odata.include-annotations="*"'],
]) {
  test(
    `several Prefer fields MUST mean the same as one list: ${fields.join(' + ')}`,
    clause('prefer.several-fields', { branch: fields.join(' + ') }),
    async ({ call }) => {
      const prefer = fields.join(', ');
      await expectAsynchronous({ call }, fields, { prefer, clause: 'prefer.any-position' });
    },
  );
}

test(
  'a callback in a Prefer field of its own MUST be read as in one list, in either order',
  clause('prefer.several-fields', { branch: 'with a callback', needs: ['probe', 'callback'] }),
  async ({ call, operationOf, clock, target }) => {
    const tools = { call, operationOf, clock, target };
    for (const fields of [
      (url: string) => ['respond-async', `odata.callback; url="${url}"`],
      (url: string) => [`odata.callback; url="${url}"`, 'respond-async'],
    ]) {
      const control = (url: string): string => fields(url).join(', ');
      await expectCallback(tools, fields, { control, controls: 'prefer.any-position' });
    }
  },
);

/** Each with a list of what is known in the same places. */
const strangers = {
  'respond-async, bgop-unknown': 'respond-async, return=minimal',
  'bgop-unknown=1, respond-async': 'return=minimal, respond-async',
  'bgop-unknown="a, b; c=d", respond-async': 'odata.include-annotations="a.b,c.d", respond-async',
  'bgop-unknown="say \\"hello\\", please", respond-async': 'odata.include-annotations="*", respond-async',
  'respond-async; bgop-unknown': 'respond-async',
  'respond-async; bgop-unknown="x, y; z"; other=1, return=minimal': 'respond-async, return=minimal',
} as const;

for (const [prefer, known] of Object.entries(strangers)) {
  test(
    `what is unknown in Prefer MUST be ignored: ${prefer}`,
    clause('prefer.unknown-ignored', { branch: prefer }),
    async ({ call }) => {
      const control = { prefer: known, clause: 'prefer.any-position' } as const;
      const called = await expectAsynchronous({ call }, prefer, control);
      const claimed = applied(called).filter((one) => one.includes('bgop-unknown'));
      expect(claimed, 'the unknown preferences in Preference-Applied').toEqual([]);
    },
  );
}

test(
  'unknown parameters of odata.callback MUST be ignored',
  clause('prefer.unknown-ignored', { branch: 'beside url', needs: ['probe', 'callback'] }),
  async ({ call, operationOf, clock, target }) => {
    const tools = { call, operationOf, clock, target };
    await expectCallback(tools, (url) => `respond-async, odata.callback; url="${url}"; bgop-unknown=1`);
    await expectCallback(
      tools,
      // No semicolon within its quotes: who splits there breaks prefer.quoted-url.
      (url) => `respond-async, odata.callback; bgop-unknown="x url=y"; url="${url}"`,
    );
  },
);

const lookAlikes = [
  'respond-asynchronously',
  'x-respond-async',
  'respond-async-later=1',
  'bgop-unknown=respond-async',
  'bgop-unknown="respond-async"',
  'bgop-unknown="a, respond-async, b"',
  'bgop-unknown="a\\", respond-async, \\"b"',
  'bgop-unknown; respond-async',
];

for (const prefer of lookAlikes) {
  test(
    `what only looks like respond-async MUST be ignored: ${prefer}`,
    clause('prefer.unknown-ignored', { branch: `look-alike: ${prefer}` }),
    async ({ call }) => {
      await expectIgnored({ call }, prefer);
    },
  );
}

test(
  'what only looks like odata.callback MUST be ignored',
  clause('prefer.unknown-ignored', { branch: 'look-alikes of a callback', needs: ['probe', 'callback'] }),
  async ({ call, operationOf, clock, target }) => {
    const lookAlike = (url: string): string =>
      `bgop-unknown="odata.callback; url=\\"${url}\\"", x-odata.callback; url="${url}", respond-async`;
    const called = await call({ callback: true, prefer: lookAlike });
    if (!isAccepted(called.answer)) throw new Blocked('prefer.any-position', called.answer.describe());
    await driveToRest({ clock, target }, operationOf(called));
    await letItShow({ clock });
    const came = called.callbacks?.deliveries;
    expect(came?.length, 'the number of callbacks that nobody asked for', came?.at(-1)).toBe(0);
  },
);
