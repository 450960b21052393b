import { show, Words } from '../../harness/expect.ts';
import type { SoapAnswer } from '../../harness/organization-service/soap-answer.ts';
import type { Values, ValueType } from '../../harness/organization-service/values.ts';
import { Broken, expect } from '../../harness/test.ts';

/** Demands the response of an operation, and gives its `Results`. */
export function expectResults(soap: SoapAnswer, what: string): Values {
  const results = soap.results();
  if (results === undefined) throw new Broken(`the answer to ${what}`, 'its response', soap.describe());
  return results;
}

/** Demands a value of that type under a name, and gives it. */
export function expectTyped<Type extends ValueType>(values: Values, name: string, type: Type): unknown {
  const found = values.get(name);
  const shown =
    found === undefined
      ? new Words('nothing')
      : found === null
        ? new Words('nil')
        : new Words(found.type === 'odd' ? found.value : `the ${found.type} ${show(found.value)}`);
  expect(shown, name).toSatisfy(found?.type === type, `a value of the type ${type}`);
  return found?.value;
}
