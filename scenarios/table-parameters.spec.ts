import { isObject, type JsonObject } from '../harness/answer.ts';
import type { CheckTools } from '../harness/collect.ts';
import { readKeyValues } from '../harness/reading.ts';
import { Blocked, clause, expect, fail, NotReached, succeed, test, Undecided } from '../harness/test.ts';
import { moments } from './support/moments.ts';
import { outputsOf } from './support/outputs.ts';
import { sameValue } from './support/values.ts';
import { missingRetry } from './support/passing.ts';

/** Texts that a careless writer or reader of JSON changes. */
const texts = {
  'quotes, backslashes and line ends': 'a "quoted" C:\\new\\table\r\nnext\n\ttab \\u0041 \\" \\\\',
  'control characters': 'bell \u0007 back \b feed \f escape \u001b unit \u001f delete \u007f next \u0085',
  'letters outside ASCII': 'Grüße, Ελλάδα, Москва, 日本語, עברית, العربية, \u202eright-to-left\u202c',
  'characters that combine, join and lie outside the first plane':
    'e\u0301 é 👩\u200d👩\u200d👧 𝒳 🏳️\u200d🌈 \ufeff',
  'text that looks like JSON': '{"Key":"Payload","Value":[1,2,null]}',
  'text that looks like another type': '2026-01-02T03:04:05Z',
  'text that looks like a number': '007.50',
  'text that looks like a whole number': '0042',
  'text that looks like a boolean': 'true',
  'text that looks like nothing': 'null',
  'markup and entities': '<b>&amp; &lt;i&gt; \u2028 ]]> </script>',
  'white space at both ends': '  \t two spaces on each side  ',
  'a long text': 'long text – '.repeat(2_000),
} as const;

/** Every output that the probe declares, with values that lose something when their type is changed. */
const everyOutput: JsonObject = {
  Text: texts['quotes, backslashes and line ends'],
  Count: -2_147_483_648,
  Flag: false,
  Amount: 1234.5678,
  When: '2026-02-28T23:59:59Z',
  Id: '6f9619ff-8b86-d011-b42d-00c04fc964ff',
};

/** Demands that a column lists every given value under its key, once, and nothing else that was set. */
function expectList(row: JsonObject, name: string, sent: JsonObject): void {
  const column = row[name];
  const list = readKeyValues(column);
  expect(row, name, name).toSatisfy(list !== undefined, 'a JSON string: an array of {Key, Value}');
  for (const [key, value] of Object.entries(sent)) {
    const shown = list?.get(key);
    expect(shown, `${key} in ${name}`, row).toSatisfy(sameValue(key, value, shown), JSON.stringify(value));
  }
  const further = [...(list ?? [])].filter(([key, value]) => !(key in sent) && value !== null);
  expect(further, `further values in ${name}`, row).toEqual([]);
  const keys = (JSON.parse(String(column)) as unknown[]).map((pair) => isObject(pair) && pair['Key']);
  expect(keys, `the keys of ${name}`, row).toSatisfy(new Set(keys).size === keys.length, 'each key once');
}

for (const [branch, payload] of Object.entries(texts)) {
  test(
    `inputparameters MUST list every input unchanged, with ${branch}`,
    clause('table.inputparameters', { branch }),
    async ({ submit }) => {
      const operation = await submit({ payload });
      await operation.finished();
      const { row } = await operation.row();
      expectList(row, 'inputparameters', operation.parts.body);
    },
  );

  test(
    `outputparameters MUST list a text unchanged, with ${branch}`,
    clause('table.outputparameters', { branch }),
    async ({ submit }) => {
      const operation = await submit({ attempts: [succeed({ Text: payload })] });
      await operation.finished();
      const { row } = await operation.rowWhen(({ state }) => state === 3);
      expectList(row, 'outputparameters', operation.outputs);
    },
  );
}

test(
  'inputparameters MUST list every input after a plain success',
  clause('table.inputparameters', { branch: 'the inputs as they are' }),
  async ({ submit }) => {
    const operation = await submit();
    await operation.finished();
    const { row } = await operation.row();
    expectList(row, 'inputparameters', operation.parts.body);
  },
);

for (const { when, branch, needs, enter } of [
  moments.waiting,
  moments.executing,
  moments.awaitingRetry,
  moments.canceling,
  moments.recovered,
  moments.failed,
  moments.canceled,
  moments.canceledRunning,
]) {
  test(
    `inputparameters MUST list every input, ${when}`,
    clause('table.inputparameters', { branch, needs: [...needs, 'table'] }),
    async ({ submit, clock, target }) => {
      await enter({ submit, clock, target }, async (operation) => {
        const { row } = await operation.row();
        expectList(row, 'inputparameters', operation.parts.body);
      });
    },
  );
}

for (const [branch, outputs] of [
  ['outputs of every type', everyOutput],
  ['extreme numbers', { Count: 2_147_483_647, Amount: -0.0001, Flag: true }],
  ['a single empty text', { Text: '' }],
] as const) {
  test(
    `outputparameters MUST list every output after success, ${branch}`,
    clause('table.outputparameters', { branch }),
    async ({ submit }) => {
      const operation = await submit({ attempts: [succeed(outputs)] });
      await operation.finished();
      const { row } = await operation.rowWhen(({ state }) => state === 3);
      expectList(row, 'outputparameters', outputs);
    },
  );
}

test(
  'outputparameters MUST list every output after a plain success',
  clause('table.outputparameters', { branch: 'the outputs as they are' }),
  async ({ submit }) => {
    const operation = await submit();
    await operation.finished();
    const { row } = await operation.rowWhen(({ state }) => state === 3);
    expectList(row, 'outputparameters', Object.fromEntries(outputsOf(operation)));
  },
);

test(
  'outputparameters MUST list the outputs of the attempt that succeeded, after one that failed',
  clause('table.outputparameters', { branch: 'after a retry', needs: ['probe', 'table', 'clock', 'slow'] }),
  async ({ submit }) => {
    const operation = await submit({ attempts: [fail(), succeed({ Text: 'second', Count: 2 })] });
    const { status } = await operation.finished();
    if (operation.parts.play !== undefined && operation.attempts.length === 1)
      throw new NotReached(await missingRetry(operation), 'its first failure was its end');
    if (status !== 30) throw new Undecided(`the retried operation ended with status ${status}, not 30`);
    const { outputs } = await operation.monitor();
    if ((outputs['Text'] ?? null) === null) {
      const shown = (await outputsOfPlainSuccess(submit)) === 'first';
      throw new Blocked(
        shown ? 'retry.recovers' : 'monitor.outputs-on-success',
        'the monitor lacks them, too',
      );
    }
    const { row } = await operation.rowWhen(({ state }) => state === 3);
    expectList(row, 'outputparameters', operation.outputs);
  },
);

/** What the monitor shows of an output without any retry, so that the clause is named that is broken. */
async function outputsOfPlainSuccess(submit: CheckTools['submit']): Promise<unknown> {
  const operation = await submit({ attempts: [succeed({ Text: 'first' })] });
  await operation.finished();
  return (await operation.monitor()).outputs['Text'];
}

test(
  'outputparameters MUST hold the outputs of its own operation, with others beside it',
  clause('table.outputparameters', { branch: 'of its own operation' }),
  async ({ submit }) => {
    const operations = await Promise.all(
      [1, 2, 3].map((count) => submit({ attempts: [succeed({ Text: `own ${count}`, Count: count })] })),
    );
    for (const operation of operations) {
      await operation.finished();
      const { row } = await operation.rowWhen(({ state }) => state === 3);
      expectList(row, 'outputparameters', operation.outputs);
    }
  },
);

/** Whether a column shows no outputs: nothing, or an empty list. */
function showsNone(column: unknown): boolean {
  return column === undefined || column === null || readKeyValues(column)?.size === 0;
}

for (const { when, branch, needs, enter } of [
  moments.waiting,
  moments.executing,
  moments.awaitingRetry,
  moments.canceling,
  moments.failed,
  moments.canceled,
  moments.canceledRunning,
  moments.canceledBetween,
]) {
  test(
    `outputparameters MUST be null or empty unless it succeeded, ${when}`,
    clause('table.outputparameters-only-on-success', { branch, needs: [...needs, 'table'] }),
    async ({ submit, clock, target }) => {
      await enter({ submit, clock, target }, async (operation) => {
        const { row, status } = await operation.row();
        if (status === 30) return;
        expect(row, 'outputparameters', `outputparameters at status ${status}`).toSatisfy(
          showsNone(row['outputparameters']),
          'null or an empty array',
        );
      });
    },
  );
}

test(
  'values in Key/Value that are not text MAY be JSON values or strings',
  clause('table.value-types'),
  async ({ submit, observe }) => {
    const operation = await submit({ attempts: [succeed(everyOutput)] });
    await operation.finished();
    const { row } = await operation.rowWhen(({ state }) => state === 3);
    for (const [name, value] of readKeyValues(row['outputparameters']) ?? [])
      observe(`${name} stands in outputparameters as a ${value === null ? 'null' : typeof value}`);
    if (readKeyValues(row['outputparameters']) === undefined)
      observe('outputparameters holds no list of Key and Value');
  },
);
