import type { Authorization } from '../auth.ts';
import { VirtualClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { Channel } from '../listener.ts';
import type { ReachedTarget } from '../reached-target.ts';
import { httpTransport, type Transport } from '../transport.ts';
import { Watch } from './watch.ts';

/** Longest wait for a request of the suite itself to come round through the public address. */
const roundTripMs = 10_000;

/** Watches over a target that is reached over a network, from what its virtual clock tells now. */
export async function watchOver(
  reached: ReachedTarget,
  given: Pick<Config, 'listener' | 'timeouts'> & {
    readonly authorization: Authorization;
    readonly transport: Transport;
  },
): Promise<Watch> {
  const { clock, url } = reached;
  const { authorization, transport, listener, timeouts } = given;
  const knows = async (path: string): Promise<boolean | undefined> => {
    const value = await authorization();
    const headers: [string, string][] = value === undefined ? [] : [['Authorization', value]];
    const { status } = await transport.send({ method: 'GET', url: url + path, headers });
    return status === 404 || status === 410 ? false : status < 400 ? true : undefined;
  };
  const virtual = clock instanceof VirtualClock ? clock : undefined;
  const watch = new Watch({
    knows,
    waitMs: timeouts.waitMs,
    mayBeRepeated: listener.publicUrl !== null || !onThisMachine(url),
    ...(virtual === undefined ? {} : { clock: virtual }),
    ...(listener.publicUrl === null ? {} : { reachesListener: () => comesRound(reached) }),
  });
  reached.listener.onDelivery = (purpose, delivery) => watch.repeats.heard(purpose, delivery);
  // Whoever cannot tell the time will say so in each check.
  await virtual?.now().catch(() => undefined);
  return watch;
}

/** A target on this machine calls the listener without anything in between. */
function onThisMachine(url: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

/** Whether a request to the public address of the listener arrives there. */
async function comesRound({ listener }: ReachedTarget): Promise<boolean> {
  const channel = new Channel('probe', () => ({ status: 200, body: '{}' }));
  const { url, key } = listener.open(channel);
  const transport = httpTransport();
  const headers: [string, string][] = [['Content-Type', 'application/json']];
  try {
    await transport.send({ method: 'POST', url, headers, body: '{}' }, { timeoutMs: roundTripMs });
    return channel.deliveries.length > 0;
  } catch {
    return false;
  } finally {
    listener.close(key);
    await transport.close();
  }
}
