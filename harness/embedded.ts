import type { Behaviour } from '../simulator/behaviour.ts';
import { varyChoices } from '../simulator/choices.ts';
import { operationsOf, startOf } from '../simulator/operation-choices.ts';
import { deviated } from '../simulator/deviation.ts';
import { loadDeviation } from '../simulator/deviations.ts';
import { createSimulator, type OutboundAnswer, type OutboundRequest } from '../simulator/simulator.ts';
import { realClock, VirtualClock } from './clock.ts';
import type { TargetConfig } from './config.ts';
import { directTransport, type OpenTransport } from './embedded-transport.ts';
import { Listener, type IncomingRequest } from './listener.ts';
import type { ReachedTarget } from './reached-target.ts';

const origin = 'http://contoso.simulator.test';
const listenerBase = 'http://listener.simulator.test';

type SimulatorTarget = Extract<TargetConfig, { kind: 'simulator' }>;

/** How an embedded simulator is reached, and who looks at what it decides. */
export interface Embedding {
  /** By default its resources get each request as plain data. */
  readonly openTransport?: OpenTransport;
  /** Gets its decisions and gives those that are taken in their place. */
  readonly watched?: (behaviour: Behaviour) => Behaviour;
}

/**
 * Starts the built-in simulator in this process. No port is opened: requests go to it by the given
 * transport, and its outbound calls straight to the listener.
 */
export async function embed(
  target: SimulatorTarget,
  { openTransport = directTransport, watched = (behaviour) => behaviour }: Embedding = {},
): Promise<ReachedTarget> {
  const listener = new Listener(listenerBase);
  const real = target.clock.kind === 'real';
  const { behaviour, choices } = deviated(await Promise.all(target.deviations.map(loadDeviation)));
  const own = target.vary === undefined ? undefined : operationsOf(target.vary);
  const simulator = createSimulator({
    behaviour: watched(behaviour),
    ...(own === undefined ? {} : { choicesOf: (sequence) => ({ ...own(sequence), ...choices }) }),
    ...(target.vary === undefined ? {} : { start: startOf(target.vary) }),
    choices: { ...(target.vary === undefined ? {} : varyChoices(target.vary)), ...choices },
    seed: target.vary ?? 1,
    origin,
    clock: real ? 'real' : 'virtual',
    // The suite keeps its own transcript.
    journal: 0,
    send: (request) => deliver(listener, request),
  });
  const transport = openTransport(simulator, origin);
  const url = target.clock.kind === 'virtual' ? new URL(target.clock.url, origin).href : '';
  return {
    url: origin,
    transport,
    clock: real ? realClock : new VirtualClock(url, (request) => transport.send(request)),
    listener,
    close: () => {
      listener.dropHanging();
      simulator.dispose();
      return Promise.resolve();
    },
  };
}

/** Hands an outbound call of the simulator to the listener; a call to anywhere else finds nobody. */
async function deliver(listener: Listener, request: OutboundRequest): Promise<OutboundAnswer> {
  // Scheme and host are the same in any case.
  if (!request.url.toLowerCase().startsWith(`${listenerBase}/`))
    throw new Error(`connect ECONNREFUSED ${request.url}`);
  const address = request.url.slice(listenerBase.length);
  const mark = address.indexOf('?');
  const incoming: IncomingRequest = {
    method: request.method,
    path: mark < 0 ? address : address.slice(0, mark),
    query: mark < 0 ? '' : address.slice(mark + 1),
    headers: request.headers,
    body: request.body,
  };
  const reply = await listener.handle(incoming);
  if (reply === 'cut') throw new Error('socket hang up');
  const { status, body = '', retryAfter } = reply;
  return { status, body, retryAfter: retryAfter?.toString() };
}
