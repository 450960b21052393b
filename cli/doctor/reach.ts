import type { Config } from '../../harness/config.ts';
import { httpTransport } from '../../harness/transport.ts';
import { adviceFor, reasonOf } from '../verify/preflight.ts';
import { ok, skipped, wrong, type Finding, type Seen } from './finding.ts';

/** Where a configuration says that the target is; undefined for one in this process. */
export function addressOf({ target }: Config): string | undefined {
  return target.kind === 'url' ? target.url : target.reachedAt;
}

/**
 * Whether the target is reached: name, TLS and HTTP, in one request through the proxy that a run would
 * use, too. What failed is told by the error, because a proxy resolves names itself.
 */
export async function lookForTarget(config: Config): Promise<Finding[]> {
  const address = addressOf(config);
  if (address === undefined) {
    const none = skipped('the simulator runs in this process');
    return named(none, none, none);
  }
  const url = new URL(`${address}/api/data/${config.target.apiVersion}/`);
  const secure = url.protocol === 'https:';
  const plain = skipped('the address begins with http:');
  const known = ok(`${url.hostname} is known`);
  const error = await errorOf(url.href, config.timeouts.requestMs);
  if (error === undefined) {
    const trusted = secure ? ok('the certificate is trusted') : plain;
    return named(known, trusted, ok(`${url.origin} answers`));
  }
  const bad = wrong(error, adviceFor(error));
  const later = skipped('the target was not reached');
  if (/ENOTFOUND|EAI_AGAIN/.test(error)) return named(bad, secure ? later : plain, later);
  if (secure && /CERT|SELF_SIGNED|ALTNAME|EPROTO|WRONG_VERSION|SSL/i.test(error))
    return named(known, bad, later);
  return named(known, secure ? later : plain, bad);
}

function named(dns: Seen, tls: Seen, http: Seen): Finding[] {
  return [
    { id: 'dns', ...dns },
    { id: 'tls', ...tls },
    { id: 'http', ...http },
  ];
}

async function errorOf(url: string, timeoutMs: number): Promise<string | undefined> {
  const transport = httpTransport();
  try {
    await transport.send({ method: 'GET', url, headers: [['Accept', 'application/json']] }, { timeoutMs });
    return undefined;
  } catch (error) {
    return reasonOf(error).replaceAll(/\s+/g, ' ');
  } finally {
    await transport.close();
  }
}
