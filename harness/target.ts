import { sharedFiles } from '../record/run-plan.ts';
import type { WireRequest } from './answer.ts';
import { authorizationOf, clockAuthorization, type Authorization, type Principal } from './auth.ts';
import { capabilitiesOf, type Capabilities } from './capabilities.ts';
import { realClock, VirtualClock, type TargetClock } from './clock.ts';
import type { Config } from './config.ts';
import { embed, type Embedding } from './embedded.ts';
import { serveListener } from './listener-server.ts';
import { Listener } from './listener.ts';
import { tellNotice } from './notices.ts';
import { AdaptiveTimeoutTransport } from './client/adaptive-timeout.ts';
import { carefulClock } from './client/careful-clock.ts';
import { SteadyTransport } from './client/steady.ts';
import { PoliteTransport } from './politeness.ts';
import type { ReachedTarget } from './reached-target.ts';
import { requestCounter } from './requests.ts';
import { httpTransport, type Transport } from './transport.ts';
import type { Watch } from './watch/watch.ts';
import { watchOver } from './watch/watch-over.ts';

/** A target that is ready to be tested, with the listener that it can reach. */
export interface Target {
  /** The organization URI, without a slash at its end. */
  readonly url: string;
  readonly config: Config;
  readonly offers: Capabilities;
  readonly transport: Transport;
  /** The transport without patience, budget or judgement, for what decides nothing. */
  readonly bare?: Transport;
  /** The transport as what it is, where it waits when told to and keeps the request budget. */
  readonly manners?: PoliteTransport;
  /** The transport as what it is, where something may stand between suite and target. */
  readonly steady?: SteadyTransport;
  /** What watches the world around a check, where the target is not in this process. */
  readonly watch?: Watch;
  readonly clock: TargetClock;
  readonly listener: Listener;
  /** The value of `Authorization` for a principal; undefined where none is sent. */
  authorization(principal: Principal): Promise<string | undefined>;
  /** Another value after the target has refused that one with 401; undefined where none is to be had. */
  renewed?(principal: Principal, refused: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Opens the target that a configuration describes; `embedding` is about the built-in simulator. */
export async function openTarget(config: Config, embedding?: Embedding): Promise<Target> {
  const reached = await reach(config, embedding);
  const principals = principalsOf(config, reached.url);
  // What is in this process answers, or the process itself hangs.
  const timed =
    config.target.kind === 'simulator'
      ? reached.transport
      : new AdaptiveTimeoutTransport(reached.transport, { readMs: config.timeouts.requestMs });
  const manners = new PoliteTransport(timed, {
    patienceMs: config.timeouts.patienceMs,
    counter: requestCounter(config.budget.requests, sharedFiles()?.requests),
    tell: tellNotice,
  });
  const steady =
    config.target.kind === 'simulator'
      ? undefined
      : steadied(reached.transport, manners, principals.initiator, config, reached.url);
  const transport = steady ?? manners;
  const watch =
    config.target.kind === 'simulator'
      ? undefined
      : await watchOver(reached, { ...config, authorization: principals.initiator, transport });
  return {
    ...reached,
    transport,
    bare: reached.transport,
    manners,
    ...(steady === undefined ? {} : { steady }),
    ...(watch === undefined ? {} : { watch }),
    config,
    offers: capabilitiesOf(config),
    authorization: (principal) => principals[principal](),
    renewed: (principal, refused) => principals[principal].renewed?.(refused) ?? Promise.resolve(undefined),
  };
}

/** Between suite and target there may be anything, unless the target is in this process. */
function steadied(
  inner: Transport,
  manners: PoliteTransport,
  authorization: Authorization,
  { target, timeouts }: Config,
  url: string,
): SteadyTransport {
  const control = async (): Promise<WireRequest> => {
    const value = await authorization().catch(() => undefined);
    const headers: [string, string][] = [['Accept', 'application/json']];
    if (value !== undefined) headers.push(['Authorization', value]);
    return { method: 'GET', url: `${url}/api/data/${target.apiVersion}/WhoAmI`, headers };
  };
  const steady = new SteadyTransport(manners, control, { waitMs: timeouts.waitMs });
  manners.othersGetThrough = () => steady.wayIsOpen(undefined, inner);
  return steady;
}

async function reach(config: Config, embedding: Embedding | undefined): Promise<ReachedTarget> {
  const { target } = config;
  switch (target.kind) {
    case 'simulator':
      return embed(target, embedding);
    case 'url':
      return reachUrl(target.url, target.clock, config);
    case 'container':
      if (target.reachedAt === undefined) {
        throw new Error(
          'A container is started by `bgop verify`. To run the suite without it, start the container yourself and reach it with the kind "url".',
        );
      }
      return reachUrl(target.reachedAt, target.clock, config);
  }
}

/** Reaches a target over HTTP, and serves the listener where the configuration wants it. */
async function reachUrl(
  url: string,
  clock: Config['target']['clock'],
  config: Config,
): Promise<ReachedTarget> {
  const transport = httpTransport();
  const listener = new Listener('');
  const { host: address, port, maxBodyBytes } = config.listener;
  const served = await serveListener(listener, address, port, maxBodyBytes);
  const name = config.listener.hostName ?? config.listener.host;
  const host = name.includes(':') ? `[${name}]` : name;
  listener.base = config.listener.publicUrl ?? `http://${host}:${served.port}`;
  // A delivery that nobody answers is given up by the target after a minute; it answers reads meanwhile.
  const [timeoutMs, readMs] = [75_000, config.timeouts.requestMs];
  return {
    url: url.replace(/\/+$/, ''),
    transport,
    clock:
      clock.kind === 'real'
        ? realClock
        : new VirtualClock(
            clock.url,
            carefulClock((r) => transport.send(r, { timeoutMs: r.method === 'GET' ? readMs : timeoutMs }), {
              timeoutMs,
              patienceMs: config.timeouts.patienceMs,
              waitMs: config.timeouts.waitMs,
            }),
            clockAuthorization(clock),
          ),
    listener,
    close: async () => {
      listener.dropHanging();
      await transport.close();
      await served.close();
    },
  };
}

function principalsOf(config: Config, url: string): Record<Principal, Authorization> {
  const { target } = config;
  const absent: Authorization = () => Promise.resolve(undefined);
  return {
    initiator: authorizationOf(target.auth, url),
    other: target.otherUserAuth === undefined ? absent : authorizationOf(target.otherUserAuth, url),
    unprivileged:
      target.unprivilegedAuth === undefined ? absent : authorizationOf(target.unprivilegedAuth, url),
    anonymous: absent,
  };
}
