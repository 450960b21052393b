import type { OutboundAnswer, OutboundRequest } from './behaviour/delivery.ts';
import type { PlainAnswer, PlainRequest } from './plain.ts';
import { headerOf, jsonObject } from './plain.ts';
import type { Simulator, SimulatorOptions } from './simulator.ts';
import { createSimulator } from './simulator.ts';
import { answerProblems, outboundProblems } from './test-payloads.ts';

const origin = 'https://contoso.example';

/** What the probe is told by default. */
export const succeedingProbe = { outcome: 'succeed', outputs: { Text: 'done', Count: 3 } };

/**
 * A simulator with a recording receiver behind it, and short ways to talk to it. For unit tests. Every payload
 * that it answers or sends is held against its schema in the contract, unless it behaves otherwise on purpose.
 */
export interface Kit {
  readonly simulator: Simulator;
  /** All that was sent outward, in order. */
  readonly sent: OutboundRequest[];
  readonly call: (method: string, path: string, extra?: Extra) => Promise<PlainAnswer>;
  /** Submits the probe; answers the operation's id. */
  readonly submit: (
    extra?: Extra & { readonly control?: string; readonly callback?: string },
  ) => Promise<string>;
  /** The monitor's JSON. */
  readonly monitor: (id: string) => Promise<Record<string, unknown> | undefined>;
  /** The row's JSON. */
  readonly row: (id: string) => Promise<Record<string, unknown> | undefined>;
  readonly advance: (milliseconds: number) => Promise<number>;
}

/** What a request may have beyond method and path. */
interface Extra {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | null;
}

/** Makes a kit; `answer` answers what is sent outward: an object as JSON with 200, or a whole answer. */
export function createKit(
  options: SimulatorOptions = {},
  answer: (request: OutboundRequest, sent: number) => object | OutboundAnswer | Promise<never> = () =>
    succeedingProbe,
): Kit {
  const sent: OutboundRequest[] = [];
  const keepsContract = options.behaviour === undefined;
  const problems: string[] = [];
  // What is thrown while the simulator sends would be a failed delivery to it, so it is kept for the test.
  const tellProblems = () => {
    if (problems.length > 0) throw new Error(problems.splice(0).join('\n'));
  };
  const simulator = createSimulator({
    send: async (request) => {
      sent.push(request);
      if (keepsContract) problems.push(...outboundProblems(request));
      const given = await answer(request, sent.length);
      return 'status' in given ? (given as OutboundAnswer) : { status: 200, body: JSON.stringify(given) };
    },
    ...options,
  });
  const call = async (method: string, path: string, { body, headers, token }: Extra = {}) => {
    const [pathOnly = '', query = ''] = path.split('?', 2);
    const shown = token === null ? undefined : `Bearer ${token ?? 'token-initiator'}`;
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const prefer = headers?.prefer;
    const request: PlainRequest = {
      method,
      path: pathOnly,
      query,
      origin,
      headers: { authorization: shown, ...headers },
      prefer: prefer === undefined ? [] : [prefer],
      body: text,
    };
    const answered = await simulator.handle(request);
    if (keepsContract) problems.push(...answerProblems(request, answered));
    tellProblems();
    return answered;
  };
  return {
    simulator,
    sent,
    call,
    submit: async ({ control = 'http://listener/ok', callback, ...extra } = {}) => {
      const wish = callback === undefined ? '' : `,odata.callback;url="${callback}"`;
      const accepted = await call('POST', '/api/data/v9.2/bgop_Probe', {
        body: { ControlUrl: control },
        ...extra,
        headers: { prefer: `respond-async${wish}`, ...extra.headers },
      });
      return headerOf(accepted, 'x-ms-dyn-backgroundoperationid') ?? '';
    },
    monitor: async (id) => jsonObject((await call('GET', `/api/backgroundoperation/${id}`)).body),
    row: async (id) => jsonObject((await call('GET', `/api/data/v9.2/backgroundoperations(${id})`)).body),
    advance: async (milliseconds) => {
      const now = await simulator.clock.advance(milliseconds);
      tellProblems();
      return now;
    },
  };
}
