import { clientClauses } from '../../contract/client-clauses.ts';
import { sendByFetch } from '../../simulator/send-by-fetch.ts';
import type { Exchange, SimulatorOptions } from '../../simulator/simulator.ts';
import type { TrafficOutcome } from '../../traffic/judge-clients.ts';
import { judgeClients } from '../../traffic/judge-clients.ts';
import { TakeIn } from '../../traffic/take-in.ts';
import type { Traffic } from '../../traffic/traffic.ts';
import { TrafficCollector } from '../../traffic/traffic.ts';

/** Records what a client does to a simulator, and judges it. */
export interface ClientRecorder {
  /** Options of the simulator that is to be recorded: `createSimulator({ ...recorder.options })`. */
  readonly options: Pick<SimulatorOptions, 'onExchange' | 'send'>;
  /** What the record shows of each clause for clients. */
  readonly outcomes: () => TrafficOutcome[];
  /** The record, a part for each reset of the simulator. */
  readonly traffic: () => readonly Traffic[];
  /** @throws an error that lists the required clauses which the client broke */
  readonly check: () => void;
}

/**
 * Records the client of a simulator in this process, for the client's own tests:
 *
 *     const recorder = recordClient();
 *     const simulator = createSimulator(recorder.options);
 *     afterAll(recorder.check);
 *
 * @param options.send how callbacks and events leave; by default by real HTTP
 * @param options.clock that of the simulator, whose time the record has; by default virtual
 */
export function recordClient({
  send = sendByFetch,
  clock = 'virtual',
}: Pick<SimulatorOptions, 'send' | 'clock'> = {}): ClientRecorder {
  const takeIn = new TakeIn();
  let collector = new TrafficCollector();
  const collectors = [collector];
  /** The simulator's time, as of the last request. */
  let now = 0;
  const virtual = clock === 'virtual';
  const onExchange = ({ request, answer, at, durationMs }: Exchange): void => {
    const { method, path, query, origin, headers, body } = request;
    if (path === '/simulator/reset' && method === 'POST')
      collectors.push((collector = new TrafficCollector()));
    now = Math.max(now, at);
    if (!/^\/+(?:api|xrmservices)\//i.test(path)) return;
    const status = answer.cut === true ? 0 : answer.status;
    collector.add(
      takeIn.take({
        from: at,
        durationMs: virtual ? 0 : durationMs,
        method,
        url: `${origin}${path}${query === '' ? '' : `?${query}`}`,
        headers: Object.entries(headers).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value] as const],
        ),
        body,
        status,
        answerHeaders: answer.headers,
        answerBody: answer.body,
      }),
    );
  };
  const recordedSend: NonNullable<SimulatorOptions['send']> = async (request) => {
    const began = Date.now();
    const { method, url, headers, body, purpose } = request;
    const note = (status: number, answerBody = '', unanswered?: string): void => {
      if (purpose === 'probe') return;
      const tookMs = Date.now() - began;
      const from = virtual ? now : began;
      collector.add(
        takeIn.take({
          from,
          durationMs: virtual && tookMs < 1_000 ? 0 : tookMs,
          method,
          url,
          headers,
          body,
          // Nothing is known of a receiver that was not reached: the tests may have none.
          ...(status === 0 && unanswered === undefined ? {} : { status, unanswered }),
          answerBody,
        }),
      );
    };
    try {
      const answered = await send(request);
      note(answered.status, answered.body);
      return answered;
    } catch (error) {
      note(0, '', whyUnanswered(error));
      throw error;
    }
  };
  const outcomes = (): TrafficOutcome[] => merged(collectors.map((one) => judgeClients(one.traffic())));
  return {
    options: { onExchange, send: recordedSend },
    outcomes,
    traffic: () => collectors.map((one) => one.traffic()),
    check: () => {
      const broken = outcomes().filter(isBrokenMust);
      if (broken.length === 0) return;
      const lines = broken.map(({ clause, reason }) => `  ${clause}: ${reason ?? ''}`);
      throw new Error(`The client breaks ${broken.length} required clauses:\n${lines.join('\n')}`);
    },
  };
}

/** Why a receiver that was reached gave no answer; undefined where it was not reached, or that cannot be told. */
function whyUnanswered(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'TimeoutError') return 'the sender gave up';
  const codes = [error, error.cause].map((one) => (one as { code?: unknown } | undefined)?.code);
  return codes.some((code) => code === 'ECONNRESET' || code === 'UND_ERR_SOCKET')
    ? 'the receiver closed the connection'
    : undefined;
}

const musts: ReadonlySet<string> = new Set(
  clientClauses.filter(({ level }) => level === 'MUST').map(({ id }) => id),
);

/** Whether a required clause is broken. */
export function isBrokenMust({ clause, outcome }: TrafficOutcome): boolean {
  return outcome === 'broken' && musts.has(clause);
}

const order = ['unseen', 'held', 'broken'] as const;

/** Several records of one client: a clause that one of them breaks is broken. */
function merged(records: readonly (readonly TrafficOutcome[])[]): TrafficOutcome[] {
  const [first = [], ...others] = records;
  return first.map((outcome) =>
    others
      .map((record) => record.find(({ clause }) => clause === outcome.clause))
      .filter((one) => one !== undefined)
      .reduce(join, outcome),
  );
}

function join(one: TrafficOutcome, other: TrafficOutcome): TrafficOutcome {
  const decided = one.decided + other.decided;
  if (one.outcome === other.outcome)
    return { ...one, decided, instances: [...one.instances, ...other.instances] };
  return { ...(order.indexOf(one.outcome) > order.indexOf(other.outcome) ? one : other), decided };
}
