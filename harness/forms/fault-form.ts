import type { Answer } from '../answer.ts';
import { SoapAnswer } from '../organization-service/soap-answer.ts';
import type { Demand } from './demand.ts';

/** Statuses that tell of the way to the service, whatever their bodies say. */
const ofTheWay: ReadonlySet<number> = new Set([401, 403, 429, 502, 503, 504]);

/** Holds any answer of the organization service against what SOAP 1.1, 6.2, and the clients of the service want of a fault. */
export function faultForm(answer: Answer, demand: Demand): void {
  const { status, body } = answer;
  if (status === 500 || ofTheWay.has(status) || !body.includes('Fault')) return;
  if (new SoapAnswer(answer).fault === undefined) return;
  demand(false, 'sdk.fault-shape', 'the status of a fault', '500', status);
}
