import type { OutboundAnswer, OutboundRequest } from '../behaviour/delivery.ts';
import type { FaultRule } from './faults.ts';

/** What becomes of a delivery that meets a fault. */
export const deliveryFaults = ['drop', 'double', 'corrupt'] as const;

type Send = (request: OutboundRequest) => Promise<OutboundAnswer>;

/**
 * Sends a request that meets a fault. What is dropped looks delivered to the simulator, so that it is not sent
 * again; what is doubled is answered by its first answer; what is corrupt ends in the middle of its body.
 */
export async function deliverWithFault(
  { delayMs = 0, deliver }: FaultRule,
  request: OutboundRequest,
  send: Send,
): Promise<OutboundAnswer> {
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  switch (deliver) {
    case 'drop':
      return { status: 200, body: '' };
    case 'double': {
      const [first] = await Promise.allSettled([send(request), send(request)]);
      if (first.status === 'rejected') throw first.reason;
      return first.value;
    }
    case 'corrupt':
      return send({ ...request, body: request.body.slice(0, Math.ceil(request.body.length / 2)) });
    default:
      return send(request);
  }
}
