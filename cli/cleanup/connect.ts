import { authorizationOf } from '../../harness/auth.ts';
import { capabilitiesOf } from '../../harness/capabilities.ts';
import { Client } from '../../harness/client.ts';
import { realClock } from '../../harness/clock.ts';
import type { Config } from '../../harness/config.ts';
import { Listener } from '../../harness/listener.ts';
import { tellNotice } from '../../harness/notices.ts';
import { PoliteTransport } from '../../harness/politeness.ts';
import { requestCounter } from '../../harness/requests.ts';
import { Transcript } from '../../harness/transcript.ts';
import { httpTransport } from '../../harness/transport.ts';
import { UsageError } from '../terminal.ts';

/** A way to a target that runs elsewhere, as its initiator and without a listener. */
export interface Connection {
  readonly client: Client;
  readonly close: () => Promise<void>;
}

/**
 * The same target with no other user than the initiator, and no clock to be looked at: what else a run
 * needs may be missing.
 */
export function initiatorOnly(config: Config): Config {
  const target: Record<string, unknown> = { ...config.target, clock: { kind: 'real' } };
  delete target['otherUserAuth'];
  delete target['unprivilegedAuth'];
  return { ...config, target: target as unknown as Config['target'] };
}

/**
 * Connects to the target of a configuration. No port is opened, so that a run may be at work meanwhile.
 *
 * @throws UsageError for a target that has no address before it is started
 */
export function connect(config: Config): Connection {
  const { target } = config;
  if (target.kind !== 'url') {
    throw new UsageError(
      `a target of the kind "${target.kind}" ends with its run, and everything in it. Wanted one at an address: give --target URL, or a configuration of the kind "url".`,
    );
  }
  const transport = new PoliteTransport(httpTransport(), {
    patienceMs: config.timeouts.patienceMs,
    counter: requestCounter(null, undefined),
    tell: tellNotice,
  });
  const absent = (): Promise<undefined> => Promise.resolve(undefined);
  const initiator = authorizationOf(target.auth, target.url);
  const client = new Client(
    {
      url: target.url,
      config,
      offers: capabilitiesOf(config),
      transport,
      clock: realClock,
      listener: new Listener(''),
      authorization: (principal) => (principal === 'initiator' ? initiator() : absent()),
      close: () => transport.close(),
    },
    'initiator',
    new Transcript(),
  );
  return { client, close: () => transport.close() };
}
