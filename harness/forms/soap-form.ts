import type { Answer } from '../answer.ts';
import { orderProblem } from '../organization-service/order.ts';
import { SoapAnswer } from '../organization-service/soap-answer.ts';
import type { Demand } from './demand.ts';

/** Statuses that tell of the way to the service, whatever their bodies say. */
const ofTheWay: ReadonlySet<number> = new Set([401, 403, 429, 502, 503, 504]);

/**
 * Holds any answer of the organization service against what holds of each: members in the order of their data contracts,
 * and the status of a fault, as SOAP 1.1, 6.2, and the clients of the service want it.
 */
export function soapAnswerForm(answer: Answer, demand: Demand): void {
  const { status } = answer;
  if (ofTheWay.has(status)) return;
  const { content, fault } = new SoapAnswer(answer);
  const problem = content === undefined ? undefined : orderProblem(content);
  if (problem !== undefined)
    demand(false, 'sdk.member-order', 'the order of members', 'that of the data contract', problem);
  if (fault !== undefined && status !== 500)
    demand(false, 'sdk.fault-shape', 'the status of a fault', '500', status);
}
