import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { createKit } from '../test-kit.ts';
import {
  endpoint,
  execute,
  message,
  operation,
  parameter,
  request,
  submission,
  textParameter,
  value,
} from './soap.fixture.ts';

const id = '5c1d8f5e-0b6f-4c0b-9c38-7d5f0c1f2a10';
const entity =
  `<x1:Attributes>${parameter('kind', value('x1:OptionSetValue', '<x1:Value>7</x1:Value>'))}</x1:Attributes>` +
  `<x1:Id>${id}</x1:Id><x1:LogicalName>backgroundoperation</x1:LogicalName>`;
const query =
  '<x1:ColumnSet><x1:AllColumns>true</x1:AllColumns></x1:ColumnSet><x1:Criteria><x1:Conditions><x1:ConditionExpression>' +
  '<x1:AttributeName>priority</x1:AttributeName><x1:Operator>In</x1:Operator><x1:Values><arr:anyType in:type="xs:int">1' +
  '</arr:anyType></x1:Values></x1:ConditionExpression></x1:Conditions></x1:Criteria><x1:EntityName>backgroundoperation' +
  '</x1:EntityName><x1:PageInfo><x1:Count>2</x1:Count><x1:PageNumber>2</x1:PageNumber></x1:PageInfo>';
const messages = [
  submission(
    request('bgop_Probe', textParameter('ControlUrl', 'http://listener/x')),
    textParameter('CallbackUri', 'http://r/'),
  ),
  execute(
    request(
      'sample_Echo',
      parameter('EntityValue', value('x1:Entity', entity)) +
        parameter(
          'EntityReferenceValue',
          value('x1:EntityReference', `<x1:Id>${id}</x1:Id><x1:LogicalName>a</x1:LogicalName>`),
        ) +
        parameter('MoneyValue', value('x1:Money', '<x1:Value>1.50</x1:Value>')),
    ),
  ),
  operation('Update', `<entity>${entity}</entity>`),
  operation(
    'Retrieve',
    `<entityName>backgroundoperation</entityName><id>${id}</id><columnSet><x1:AllColumns>true</x1:AllColumns></columnSet>`,
  ),
  operation('RetrieveMultiple', `<query in:type="x1:QueryExpression">${query}</query>`),
].map((content) => message(content));

/** Pieces of a message: tags with their attributes, and the texts between them. */
const pieces = (text: string) => text.match(/<[^>]*>|[^<]+/g) ?? [];

/** Drops, doubles, empties, exchanges or replaces some of a message's pieces. */
const mutated = fc
  .record({
    from: fc.constantFrom(...messages),
    edits: fc.array(
      fc.record({
        at: fc.nat(),
        other: fc.nat(),
        how: fc.constantFrom('drop', 'double', 'swap', 'nil', 'text'),
        text: fc.constantFrom(
          '',
          '-1',
          'true',
          '99999999999999999999',
          'NaN',
          "'",
          '\u{1f600}',
          'xs:int',
          'zz:a',
          '%',
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ from, edits }) => {
    const parts = pieces(from);
    for (const { at, other, how, text } of edits) {
      const [one, two] = [at % parts.length, other % parts.length];
      const piece = parts[one] ?? '';
      if (how === 'drop') parts[one] = '';
      else if (how === 'double') parts[one] = piece + piece;
      else if (how === 'swap') [parts[one], parts[two]] = [parts[two] ?? '', piece];
      else if (how === 'nil') parts[one] = piece.replace(/(\/?)>$/, ' in:nil="true"$1>');
      else parts[one] = piece.startsWith('<') ? piece.replace(/"[^"]*"/, `"${text}"`) : text;
    }
    return parts.join('');
  });

describe('a message with something changed', () => {
  it('is answered, or refused by a fault, and is never a fault of the simulator itself', async () => {
    const faults: unknown[] = [];
    const kit = createKit({ onFault: (error) => faults.push(error) });
    await fc.assert(
      fc.asyncProperty(mutated, async (body) => {
        const { status } = await kit.call('POST', endpoint, { body });
        expect([200, 400, 500]).toContain(status);
        expect(faults).toEqual([]);
      }),
      { numRuns: inject('thorough') ? 500 : 50 },
    );
  });
});
