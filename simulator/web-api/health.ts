import type { PlainAnswer, PlainRequest } from '../plain.ts';
import { errorAnswer, errors } from './errors.ts';

/** Path at which the simulator says that it is there. It needs no authentication, and costs nothing. */
export const healthPath = '/simulator/health';

/** `GET` answers 200 for as long as requests are served at all. */
export function healthResource({ method }: PlainRequest): PlainAnswer {
  if (method !== 'GET' && method !== 'HEAD') return errorAnswer(errors.noMethod(method, 'GET'));
  return { status: 200, headers: [['Content-Type', 'application/json']], body: '{"status":"ok"}' };
}
