import { setTimeout as realSleep } from 'node:timers/promises';
import { isObject, type WireAnswer, type WireRequest } from '../answer.ts';
import type { ClockSend } from '../clock.ts';
import { noteDisruption } from '../disruptions.ts';
import { parseJson } from '../json.ts';
import type { SteadyOptions } from './steady.ts';
import { suspicionOf, suspicionOfFault, type Suspicion } from './suspicion.ts';

/** How long it is looked what became of an advance, and how often one is asked for. */
const lookMs = 30_000;
const mostTries = 4;
const pauseMs = 250;
/** The clock must show the old time that often before an advance counts as not taken. */
const looks = 3;

interface Bad {
  readonly suspicion: Suspicion;
  readonly answer?: WireAnswer;
  readonly error?: unknown;
}

/**
 * Sends requests of the clock interface through whatever stands between suite and target: a read is
 * sent again, and after an advance whose answer was lost the clock itself is asked whether it has moved.
 */
export function carefulClock(send: ClockSend, options: SteadyOptions = {}): ClockSend {
  const { note = noteDisruption, sleep = realSleep, now = () => performance.now() } = options;
  let known: number | undefined;

  const attempt = async (request: WireRequest): Promise<WireAnswer | Bad> => {
    try {
      const answer = await send(request);
      const suspicion = suspicionOf(request, answer);
      if (suspicion !== undefined) return { suspicion, answer };
      known = timeIn(answer) ?? known;
      return answer;
    } catch (error) {
      const suspicion = suspicionOfFault(error);
      if (suspicion === undefined || suspicion.slow === true) throw error;
      return { suspicion, error };
    }
  };

  /** The clock as it is once it has come to rest, if that can be told; the answer where it has arrived. */
  const arrived = async (
    request: WireRequest,
    from: number,
    to: number,
  ): Promise<WireAnswer | 'not moved' | undefined> => {
    const read: WireRequest = { method: 'GET', url: request.url, headers: request.headers };
    const began = now();
    let same = 0;
    while (same < looks && now() - began < lookMs) {
      await sleep(pauseMs);
      const answer = await attempt(read);
      const at = 'status' in answer ? timeIn(answer) : undefined;
      if ('status' in answer && at !== undefined && at >= to) return answer;
      same = at === from ? same + 1 : 0;
    }
    return same >= looks ? 'not moved' : undefined;
  };

  return async (request) => {
    const from = known;
    const milliseconds = advanceIn(request);
    for (let tries = 1; ; tries += 1) {
      const taken = await attempt(request);
      if ('status' in taken) return taken;
      const { suspicion } = taken;
      note(suspicion.source, suspicion.what);
      const cannotTell = milliseconds !== undefined && from === undefined && suspicion.taken;
      if (tries >= mostTries || cannotTell) return given(taken);
      if (milliseconds === undefined || from === undefined || !suspicion.taken) await sleep(pauseMs);
      else {
        const moved = await arrived(request, from, from + milliseconds);
        if (moved === undefined) return given(taken);
        if (moved !== 'not moved') return moved;
      }
    }
  };
}

function timeIn(answer: WireAnswer): number | undefined {
  const body = parseJson(answer.body);
  if (!isObject(body) || typeof body['now'] !== 'string') return undefined;
  const time = Date.parse(body['now']);
  return Number.isNaN(time) ? undefined : time;
}

/** By how much a request moves the clock; undefined where it only reads it. */
function advanceIn({ method, body }: WireRequest): number | undefined {
  if (method !== 'POST' || body === undefined) return undefined;
  const value = parseJson(body);
  return isObject(value) && typeof value['milliseconds'] === 'number' ? value['milliseconds'] : undefined;
}

function given({ answer, error }: Bad): WireAnswer {
  if (answer === undefined) throw error;
  return answer;
}
