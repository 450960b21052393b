import type { CustomApi } from '../../simulator/custom-apis/custom-api.ts';
import { defaultUsers } from '../../simulator/create-world.ts';
import { exportSample } from '../../simulator/custom-apis/samples.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../simulator/simulator.ts';
import type { TrafficExchange } from '../../traffic/exchange.ts';
import { TakeIn, type RawExchange } from '../../traffic/take-in.ts';

/** What a small client sends. Names of headers as on the wire. */
export interface SmallClientRequest {
  readonly method?: string;
  /** Absolute, or a path on the organization. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What it gets; status 0 where the connection was cut. */
export interface ClientAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}

/** What a client's receiver answers, and how long it takes for it. */
interface ReceiverAnswer {
  /** 0 where it hangs up, or never answers. */
  readonly status: number;
  readonly body?: string;
  readonly tookMs?: number;
}

/** Where a small client lives: a simulator, its clock, and a receiver. Everything is recorded. */
export interface ClientWorld {
  readonly origin: string;
  readonly receiverUrl: string;
  readonly send: (request: SmallClientRequest) => Promise<ClientAnswer>;
  /** Lets the target's time pass. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Called for each callback and event. */
  receive: (body: string) => ReceiverAnswer | Promise<ReceiverAnswer>;
  readonly simulator: Simulator;
}

/** A client in one function. It throws where it finds its answers wrong. */
export type SmallClient = (world: ClientWorld) => Promise<void>;

/** The organization and the receiver; nothing listens there. */
const origin = 'https://contoso.crm.dynamics.com';
const receiverUrl = 'https://client.example/done?sig=Zm9v%2Bbar,1;2';

/** What the tokens begin with that {@link ClientWorld} takes for the initiator's, besides the well-known one. */
export const freshToken = 'eyJhbGciOiJub25lIn0.';

/** The job of all these clients: it takes longer than a minute, so that who polls polls twice. */
const job: CustomApi = {
  ...exportSample,
  execute: async ({ inputs, pause, operationId }) => {
    if (operationId !== undefined) await pause(100_000);
    if (inputs.FetchXml === 'fail') throw new Error('The export failed.');
    return { AnnotationId: '0f0e0d0c-0b0a-4909-8807-060504030201' };
  },
};

/** Runs a client to its end against a simulator in this process, on its virtual clock. */
export async function runClient(
  client: SmallClient,
  options: SimulatorOptions = {},
): Promise<{ readonly exchanges: readonly TrafficExchange[]; readonly error: unknown }> {
  const takeIn = new TakeIn();
  const exchanges: TrafficExchange[] = [];
  const note = (raw: RawExchange) => {
    exchanges.push(takeIn.take(raw));
  };
  const simulator = createSimulator({
    customApis: [job],
    // Who gets a token for every request has many of one user.
    acceptToken: (token) => (token.startsWith(freshToken) ? defaultUsers[0] : undefined),
    ...options,
    send: async ({ method, url, headers, body }) => {
      const from = simulator.clock.now();
      const { status, tookMs = 0, body: answerBody = '' } = await world.receive(body);
      note({ from, durationMs: tookMs, method, url, headers, body, status, answerBody });
      if (status === 0) throw new Error('cut');
      return { status, body: answerBody };
    },
  });
  const world: ClientWorld = {
    origin,
    receiverUrl,
    simulator,
    receive: () => ({ status: 204 }),
    send: (request) => send(simulator, request, note),
    wait: async (milliseconds) => {
      await simulator.clock.advance(milliseconds);
      await simulator.sent();
    },
  };
  let error: unknown;
  try {
    await client(world);
  } catch (thrown) {
    error = thrown;
  }
  // The record goes on: other traffic, long after the client has done what it does.
  await world.wait(900_000);
  await world.send({ url: '/api/data/v9.2/WhoAmI', headers: { Authorization: 'Bearer token-initiator' } });
  simulator.dispose();
  return { exchanges, error };
}

async function send(
  simulator: Simulator,
  { method = 'GET', url, headers = {}, body = '' }: SmallClientRequest,
  note: (raw: RawExchange) => void,
): Promise<ClientAnswer> {
  const whole = url.startsWith('/') ? `${origin}${url}` : url;
  const from = simulator.clock.now();
  const fields = Object.entries(headers);
  const sent = { from, durationMs: 0, method, url: whole, headers: fields, body };
  if (!whole.startsWith(origin)) {
    note({ ...sent, status: 200 });
    return { status: 200, header: () => undefined, body: '' };
  }
  const [path = '', query = ''] = whole.slice(origin.length).split(/\?(.*)/s, 2);
  const answer = await simulator.handle({
    method,
    path,
    query,
    origin,
    headers: Object.fromEntries(fields.map(([name, value]) => [name.toLowerCase(), value])),
    prefer: fields.filter(([name]) => name.toLowerCase() === 'prefer').map(([, value]) => value),
    body,
  });
  const status = answer.cut === true ? 0 : answer.status;
  note({ ...sent, status, answerHeaders: answer.headers, answerBody: answer.body });
  return {
    status,
    header: (name) => answer.headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1],
    body: answer.body ?? '',
  };
}
