import type { Clock } from '../clock.ts';
import { ClockError } from '../clock.ts';
import type { PlainAnswer, PlainRequest } from '../plain.ts';
import { readBody } from './body.ts';
import { errorAnswer, errors } from './errors.ts';

/** Path of the clock interface. It needs no authentication. */
export const clockPath = '/simulator/clock';

/** `GET` tells the time; `POST {"milliseconds": n}` moves a virtual clock on. */
export async function clockResource(request: PlainRequest, clock: Clock): Promise<PlainAnswer> {
  if (request.method === 'GET') return time(clock.now());
  if (request.method !== 'POST') return errorAnswer(errors.noMethod(request.method, 'GET,POST'));
  if (clock.kind === 'real') {
    return errorAnswer(errors.invalidOperation('The clock is real: it cannot be moved.'));
  }
  const body = readBody(request.body);
  if (body.error !== undefined) return errorAnswer(body.error);
  const { milliseconds } = body.value;
  if (!Number.isInteger(milliseconds) || Number(milliseconds) < 0) {
    return errorAnswer(errors.invalidArgument("'milliseconds' has to be a whole number, 0 or more."));
  }
  try {
    return time(await clock.advance(Number(milliseconds)));
  } catch (error) {
    // Whether it can be made shows when its turn has come: advances before it may have moved the clock.
    if (!(error instanceof ClockError)) throw error;
    return errorAnswer(errors.invalidArgument(`'milliseconds' is too much: ${error.message}.`));
  }
}

function time(now: number): PlainAnswer {
  return {
    status: 200,
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify({ now: new Date(now).toISOString() }),
  };
}
