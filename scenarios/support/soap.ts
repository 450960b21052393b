import type { ClauseId } from '../../contract/clauses.ts';
import { show, Words } from '../../harness/expect.ts';
import type { OrganizationService, Style } from '../../harness/organization-service/service.ts';
import type { SoapFault, SoapAnswer } from '../../harness/organization-service/soap-answer.ts';
import type { Entity, Values, ValueType } from '../../harness/organization-service/values.ts';
import { table } from '../../contract/vocabulary.ts';
import { originOf } from '../../harness/origin.ts';
import type { Operation } from '../../harness/operation.ts';
import { sameCodes, type ShownCodes } from '../../harness/reading.ts';
import { Blocked, Broken, expect } from '../../harness/test.ts';

/** Demands the response of an `Execute`, and gives its `Results`. */
export function expectResults(soap: SoapAnswer, what: string): Values {
  const results = soap.results();
  if (results === undefined)
    throw new Broken(`the answer to ${what}`, 'its response', soap.describe(), { origin: originOf(soap) });
  return results;
}

/** Demands a value of that type under a name, and gives it. */
export function expectTyped(values: Values, name: string, type: ValueType): unknown {
  const found = values.get(name);
  const shown =
    found === undefined
      ? 'nothing'
      : found === null
        ? 'nil'
        : found.type === 'odd'
          ? found.value
          : `the ${found.type} ${show(found.value)}`;
  expect(new Words(shown), name).toSatisfy(found?.type === type, `a value of the type ${type}`);
  return found?.value;
}

/** Demands a fault, and gives it. */
export function expectFault(soap: SoapAnswer, what: string): SoapFault {
  const { fault } = soap;
  if (fault === undefined)
    throw new Broken(`the answer to ${what}`, 'a fault', soap.describe(), { origin: originOf(soap) });
  return fault;
}

/** A fault that a check builds on; blocks it where there is none. */
export function requireFault(soap: SoapAnswer, clause: ClauseId): SoapFault {
  if (soap.fault === undefined) throw new Blocked(clause, soap.describe(), true);
  return soap.fault;
}

/** Demands a row, and gives it; an elastic one may take a while to be there, and to show `codes`. */
export async function expectRow(
  sdk: OrganizationService,
  operation: Operation,
  { columns, codes, style }: { columns?: readonly string[]; codes?: ShownCodes; style?: Style } = {},
): Promise<Entity> {
  const soap = await operation.consistent(
    () => sdk.retrieve(operation.id, columns, style),
    ({ row }) => row !== undefined && (codes === undefined || shows(row, codes)),
  );
  if (soap.row === undefined)
    throw new Broken('the answer to Retrieve', 'the row', soap.describe(), { origin: originOf(soap) });
  return soap.row;
}

function shows({ attributes }: Entity, codes: ShownCodes): boolean {
  const [state, status] = [attributes.get(table.state)?.value, attributes.get(table.status)?.value];
  return sameCodes({ state: Number(state), status: Number(status) }, codes);
}
