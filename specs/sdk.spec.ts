import fc from 'fast-check';
import { show } from '../harness/expect.ts';
import { forAll } from '../harness/property.ts';
import { clause, expect, NotTestable, succeed, test } from '../harness/test.ts';
import { differenceOf } from '../scenarios/support/soap-values.ts';
import { expectResults, expectTyped } from '../scenarios/support/soap.ts';
import { hardest, parameters, xmlOutputs, xmlTexts } from './soap-arbitraries.ts';
import { sameValue } from '../scenarios/support/values.ts';

const laws = {
  probe: 'whatever the probe is given and sets MUST travel unchanged and typed',
  echo: 'whatever an echo is given, of any of the 13 types, MUST come back unchanged',
} as const;

const guid = '0a1b2c3d-0000-4000-8000-00000000abcd';

const types = {
  Text: 'string',
  Count: 'int',
  Flag: 'boolean',
  Amount: 'decimal',
  When: 'dateTime',
  Id: 'guid',
} as const;

test(laws.probe, clause('sdk.values', { branch: 'of the probe' }), ({ tools }) =>
  forAll(
    tools,
    laws.probe,
    fc.record({ payload: xmlTexts, outputs: xmlOutputs }),
    async ({ payload, outputs }) => {
      const { soap, play } = await tools.sdk.callNow({ payload, attempts: [succeed(outputs)] });
      const results = expectResults(soap, 'Execute of the probe');
      const arrived = play?.attempts[0]?.calls[0]?.payload;
      if (arrived !== undefined) expect(arrived, 'the payload that arrived', outputs).toBe(payload);
      for (const [name, value] of Object.entries(outputs)) {
        const shown = expectTyped(results, name, types[name as keyof typeof types]);
        expect(shown, name, soap).toSatisfy(sameValue(name, value, shown), show(value));
      }
    },
    {
      share: 0.3,
      examples: [
        {
          payload: '  <a> & \u{1f600}\u{1f601} \r\n',
          outputs: {
            Text: ' "b" ]]> ',
            Count: -1,
            Amount: -0.012345,
            When: '2026-03-29T01:30:00.512Z',
            Id: guid,
          },
        },
      ],
      script: ({ payload, outputs }) => [
        `Execute the probe over the organization service with the payload ${show(payload)}.`,
        `It sets ${show(outputs)}.`,
      ],
    },
  ),
);

test(laws.echo, clause('sdk.values', { branch: 'of all types', needs: ['sdk'] }), ({ tools }) => {
  const { echo } = tools.target.config.target;
  if (echo === undefined)
    throw new NotTestable('needs a custom API that gives back what it is given: set `target.echo`');
  return forAll(
    tools,
    laws.echo,
    fc.array(parameters, { minLength: 1, maxLength: 4 }).map((list) => Object.fromEntries(list)),
    async (given) => {
      const soap = await tools.sdk.execute({ name: echo, parameters: given });
      const results = expectResults(soap, `Execute of ${echo}`);
      for (const [name, value] of Object.entries(given)) {
        const difference = differenceOf(value, results.get(name) ?? null, name);
        expect(difference, `${name} as it came back`, soap).toSatisfy(
          difference === undefined,
          'what was given',
        );
      }
    },
    {
      share: 0.3,
      examples: [hardest],
      script: (given) => [`Execute ${echo} with ${show(given)}, and compare what it gives back.`],
    },
  );
});
