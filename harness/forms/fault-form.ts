import type { Answer } from '../answer.ts';
import type { Demand } from './demand.ts';

const fault = /<(?:\w+:)?Fault[\s>]/;

/** Statuses that tell of the way to the service, whatever their bodies say. */
const ofTheWay: ReadonlySet<number> = new Set([401, 403, 429, 502, 503, 504]);

/** Holds any answer of the organization service against what SOAP 1.1, 6.2, and the clients of the service want of a fault. */
export function faultForm({ status, body }: Answer, demand: Demand): void {
  if (ofTheWay.has(status) || !fault.test(body.slice(0, 1_000))) return;
  demand(status === 500, 'sdk.fault-shape', 'the status of a fault', '500', status);
}
