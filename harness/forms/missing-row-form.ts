import { isObject, type Answer } from '../answer.ts';
import type { Demand } from './demand.ts';

/** Holds the 404 of any row, to whatever was asked of it, against the error that it should carry. */
export function missingRowForm(answer: Answer, demand: Demand): void {
  const id = /\(([0-9a-f-]{36})\)$/i.exec(answer.request.url.split(/[?#]/, 1)[0] ?? '')?.[1] ?? '';
  const error = answer.object()?.['error'];
  const message = isObject(error) ? error['message'] : undefined;
  demand(
    typeof message === 'string' && message.toLowerCase().includes(id.toLowerCase()),
    'unknown.error-body',
    'error.message of the 404',
    `one with ${id}`,
    message,
  );
}
