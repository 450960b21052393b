import { setTimeout as realSleep } from 'node:timers/promises';
import { isObject, type WireAnswer, type WireRequest } from '../answer.ts';
import type { ClockSend } from '../clock.ts';
import { noteDisruption } from '../disruptions.ts';
import { parseJson } from '../json.ts';
import { tellNotice } from '../notices.ts';
import { askedWait } from '../politeness.ts';
import { imposedWait } from '../stopwatch.ts';
import { TransportError } from '../verdict.ts';
import type { SteadyOptions } from './steady.ts';
import { strangeRefusal, suspicionOf, suspicionOfFault, type Suspicion } from './suspicion.ts';

/** How long the clock may be out of reach, and how long it is looked what became of an advance. */
const outageMs = 30_000;
const pauseMs = 250;
/** The clock must show the old time that often before an advance counts as not taken. */
const looks = 3;
/** A request of the clock that takes longer may be a long wait: whoever watches the run has to know. */
const noticedMs = 10_000;
/** How often an answer may never come. */
const mostSilences = 2;
/** How often it is tried once it was out of reach for so long. */
const triesWhenDown = 3;
/**
 * So many answers in a row that are no clock's are the answer: the address is wrong, or the clock refuses what it is
 * asked. Of one that has told the time before more are wanted, so that chance does not bring them.
 */
const mostStrange = { unknown: 4, known: 8, advance: 6 };
/** Longest wait that the clock may ask for. */
const defaultPatienceMs = 120_000;

/** How a clock is asked carefully. */
export interface CarefulOptions extends SteadyOptions {
  /** Longest real time that one request can take. */
  readonly timeoutMs?: number;
  /** Longest real time that a request waits because it is told to. */
  readonly patienceMs?: number;
}

interface Bad {
  readonly suspicion: Suspicion;
}

/**
 * Sends requests of the clock interface through whatever stands between suite and target: a read is
 * sent again, after an advance whose answer was lost the clock itself is asked whether it has moved, and
 * who asks for patience gets it.
 */
export function carefulClock(send: ClockSend, options: CarefulOptions = {}): ClockSend {
  const {
    note = noteDisruption,
    tell = tellNotice,
    sleep = realSleep,
    now = () => performance.now(),
  } = options;
  const { patienceMs = defaultPatienceMs } = options;
  const longestMs = Math.max(outageMs, options.waitMs ?? 0);
  const pause = (milliseconds: number): Promise<void> => imposedWait(() => sleep(milliseconds));
  let known: number | undefined;
  let down = false;
  /** The last advance was not answered. */
  let lost = false;
  /** Advances that were answered since the last one that was not. */
  let answered = 0;
  /** Answers in a row that are no clock's, to reads and to advances. */
  const strange = { read: 0, advance: 0 };

  const patient = async (request: WireRequest): Promise<WireAnswer> => {
    const began = now();
    for (let refusals = 0; ; refusals += 1) {
      const answer = await send(request);
      const waitMs = askedWait(answer, refusals);
      if (waitMs === undefined || now() - began + waitMs > patienceMs) return answer;
      if (answer.status === 503) note('gateway', 'the clock was answered 503 with Retry-After');
      await pause(waitMs);
    }
  };

  const attempt = async (request: WireRequest): Promise<WireAnswer | Bad> => {
    try {
      const answer = await noticed(() => patient(request));
      const suspicion = suspicionOf(request, answer);
      // A time is a time, even one that came through a cache: whether it fits is seen by the watch over the clock.
      if (suspicion !== undefined && timeIn(answer) === undefined) return { suspicion };
      const foreign = foreignTo(answer);
      const kind = request.method === 'GET' ? 'read' : 'advance';
      const most = mostStrange[kind === 'advance' ? kind : known === undefined ? 'unknown' : 'known'];
      if (foreign !== undefined && (strange[kind] += 1) < most) return { suspicion: foreign };
      strange[kind] = 0;
      known = timeIn(answer) ?? known;
      down = false;
      return answer;
    } catch (error) {
      const suspicion = suspicionOfFault(error);
      if (suspicion === undefined) throw error;
      return { suspicion };
    }
  };

  /** An advance may take as long as a delivery that nobody answers. */
  const noticed = async (ask: () => Promise<WireAnswer>): Promise<WireAnswer> => {
    const { timeoutMs } = options;
    if (timeoutMs === undefined) return ask();
    const timer = setTimeout(() => tell({ kind: 'patient', milliseconds: timeoutMs }), noticedMs);
    timer.unref();
    return ask().finally(() => clearTimeout(timer));
  };

  /** The clock as it is once it has come to rest, if that can be told; the answer where it has arrived. */
  const arrived = async (
    request: WireRequest,
    from: number,
    to: number,
  ): Promise<WireAnswer | 'not moved' | undefined> => {
    const read = readOf(request);
    const began = now();
    let same = 0;
    while (same < looks && now() - began < longestMs) {
      await pause(pauseMs);
      const answer = await attempt(read);
      const at = 'status' in answer ? timeIn(answer) : undefined;
      if ('status' in answer && at !== undefined && at >= to) return answer;
      same = at === from ? same + 1 : 0;
    }
    return same >= looks ? 'not moved' : undefined;
  };

  return async (request) => {
    const milliseconds = advanceIn(request);
    // Without a time from before nobody could tell whether an advance was taken whose answer is lost.
    if (milliseconds !== undefined && lost) {
      known = undefined;
      await attempt(readOf(request));
    }
    const from = known;
    lost &&= from === undefined;
    const wasDown = down;
    let began = now();
    let silences = 0;
    /** Somebody else's by what comes next: a clock that always refuses in this form means it. */
    let doubtful: Suspicion | undefined;
    for (let tries = 1; ; tries += 1) {
      const taken = await attempt(request);
      if ('status' in taken) {
        if (doubtful !== undefined && timeIn(taken) !== undefined) note(doubtful.source, doubtful.what);
        if (milliseconds !== undefined) answered += 1;
        return taken;
      }
      const { suspicion } = taken;
      if (suspicion.soft === true) doubtful = suspicion;
      else note(suspicion.source, suspicion.what);
      // To wait for an answer that never came is not to be out of reach.
      if (suspicion.slow === true && (silences += 1) <= mostSilences) began = now();
      const over = now() - began > longestMs || (wasDown && tries >= triesWhenDown);
      if (over || (milliseconds !== undefined && from === undefined && suspicion.taken)) {
        down = true;
        lost = milliseconds !== undefined;
        throw gaveUp(request, suspicion, tries);
      }
      if (milliseconds === undefined || from === undefined || !suspicion.taken) await pause(pauseMs);
      else {
        const moved = await arrived(request, from, from + milliseconds);
        if (moved === undefined) {
          down = true;
          lost = true;
          throw gaveUp(request, suspicion, tries);
        }
        if (moved !== 'not moved') {
          if (doubtful !== undefined) note(doubtful.source, doubtful.what);
          // Each costs the whole wait: the command line ends a run in which it goes on like this.
          if (suspicion.slow === true) tell({ kind: 'clock-silent', answered });
          answered = 0;
          return moved;
        }
      }
    }
  };
}

/** An answer that is no clock's: a wrong address gives it always, what stands in between now and then. */
function foreignTo(answer: WireAnswer): Suspicion | undefined {
  if (answer.status !== 200) return strangeRefusal(answer);
  if (timeIn(answer) !== undefined) return undefined;
  const what = 'the clock was answered 200 without {"now": "…"}';
  return { source: 'gateway', what, taken: true, soft: true };
}

function readOf({ url, headers }: WireRequest): WireRequest {
  return { method: 'GET', url, headers };
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

function gaveUp({ method, url }: WireRequest, { source, what }: Suspicion, tries: number): TransportError {
  const how = tries === 1 ? '' : `, ${tries} times`;
  return new TransportError(
    `The clock of the target gave no usable answer: ${what}: ${method} ${new URL(url).pathname}${how}. Look after what stands between suite and target, and run again`,
    [],
    source,
  );
}
