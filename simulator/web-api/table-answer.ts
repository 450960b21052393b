import type { TableAnswer } from '../core/table.ts';
import type { Field, PlainAnswer } from '../plain.ts';
import { odataAnswer } from './call.ts';
import { errorAnswer } from './errors.ts';

/** What the query engine answers, as it is sent. */
export function tableAnswer(answer: TableAnswer, headers: readonly Field[] = []): PlainAnswer {
  if ('error' in answer) return errorAnswer({ status: answer.status, ...answer.error });
  const applied = answer.preferenceApplied.map((each): Field => ['Preference-Applied', each]);
  if (typeof answer.body === 'object') return odataAnswer(answer.body, [...applied, ...headers]);
  return textAnswer(answer.body, applied);
}

/** A plain value: a count, or a property's raw text. */
export function textAnswer(body: string, headers: readonly Field[] = []): PlainAnswer {
  return {
    status: 200,
    headers: [['Content-Type', 'text/plain'], ['OData-Version', '4.0'], ...headers],
    body,
  };
}
