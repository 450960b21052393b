import { Channel } from '../../harness/listener.ts';
import { httpTransport } from '../../harness/transport.ts';
import { reasonInWords } from '../reach/advice.ts';
import { ok, skipped, unready, wrong, type SeenByDoctor } from './finding.ts';
import { changesOnTheWay, delicateSuffix } from './passed-on.ts';
import type { Patient } from './patient.ts';

/** Longest wait for the suite's own request to come round through the public address. */
const roundTripMs = 15_000;

/** Whether the listener is served, and behind its public address where it has one. */
export async function lookAtListener({ target, listenerTrouble }: Patient): Promise<SeenByDoctor> {
  const { listener: configured, target: about } = target.config;
  if (about.kind === 'simulator') return skipped('the listener is in this process, beside the simulator');
  if (listenerTrouble !== undefined) {
    return unready(
      `the listener cannot be served on ${configured.host} port ${configured.port}: ${listenerTrouble}`,
      'Choose another listener.port or listener.host, or end what uses that port.',
    );
  }
  const { base } = target.listener;
  if (configured.publicUrl === null) {
    return ok(`it listens at ${base}; whether the target reaches it, only the probe can tell`);
  }
  const channel = new Channel('probe', () => ({ status: 200, body: '{}' }));
  const { url, key } = target.listener.open(channel, delicateSuffix);
  const answer = await ask(url);
  target.listener.close(key);
  const [arrived] = channel.deliveries;
  const changes = arrived === undefined ? [] : changesOnTheWay(url, arrived, key);
  if (changes.length > 0) {
    return unready(
      `the tunnel or proxy at listener.publicUrl does not pass requests on as they are: ${changes.join('; ')}`,
      'Let it pass on path, query and header fields as they come: callbacks are judged by them.',
    );
  }
  if (arrived !== undefined) return ok(`a request to ${base} arrives at the listener`);
  const where = `${configured.host}:${configured.port === 0 ? '(a free port)' : configured.port}`;
  return wrong(
    `a request to listener.publicUrl does not arrive at the listener: ${answer}`,
    `Start the tunnel or proxy, and let it forward ${base} to ${where}${configured.port === 0 ? '; a fixed listener.port is needed for that' : ''}.`,
  );
}

/** What a request from this machine is answered, in words. */
async function ask(url: string): Promise<string> {
  const transport = httpTransport();
  try {
    const request = {
      method: 'POST',
      url,
      headers: [['Content-Type', 'application/json']],
      body: '{}',
    } as const;
    const { status } = await transport.send(request, { timeoutMs: roundTripMs });
    return `something else answered ${status}`;
  } catch (error) {
    return reasonInWords(error);
  } finally {
    await transport.close();
  }
}
