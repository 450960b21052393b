import { Answer } from '../../harness/answer.ts';
import type { Config } from '../../harness/config.ts';
import { httpTransport } from '../../harness/transport.ts';
import { adviceFor, isCertificateFault, mayPass, reasonInWords } from '../reach/advice.ts';
import { interceptionOf } from '../reach/intermediary.ts';
import { ok, skipped, unready, type DoctorFinding, type SeenByDoctor } from './finding.ts';

/** Where a configuration says that the target is; undefined for one in this process. */
export function addressOf({ target }: Config): string | undefined {
  return target.kind === 'url' ? target.url : target.reachedAt;
}

/**
 * Whether the target is reached: name, TLS and HTTP, in one request through the proxy that a run would
 * use, too. What failed is told by the error, because a proxy resolves names itself.
 */
export async function lookForTarget(config: Config): Promise<DoctorFinding[]> {
  const address = addressOf(config);
  if (address === undefined) {
    const none = skipped('the simulator runs in this process');
    return named(none, none, none);
  }
  const url = new URL(`${address}/api/data/${config.target.apiVersion}/`);
  const secure = url.protocol === 'https:';
  const plain = skipped('the address begins with http:');
  const known = ok(`${url.hostname} is known`);
  const answer = await firstAnswer(url.href, 2 * config.timeouts.requestMs);
  if (typeof answer !== 'string') {
    const trusted = secure ? ok('the certificate is trusted') : plain;
    return named(known, trusted, whoAnswers(answer, url));
  }
  const error = answer;
  const bad = unready(error, adviceFor(error), mayPass(error) ? 'starting' : 'misconfigured');
  const later = skipped('the target was not reached');
  if (/ENOTFOUND|EAI_AGAIN/.test(error)) return named(bad, secure ? later : plain, later);
  if (secure && (isCertificateFault(error) || /EPROTO|WRONG_VERSION|SSL/i.test(error)))
    return named(known, bad, later);
  return named(known, secure ? later : plain, bad);
}

/** Without a token a redirect or a page may be all that an intermediary gives; with one is looked later. */
function whoAnswers(answer: Answer, { origin }: URL): SeenByDoctor {
  const intercepted = interceptionOf(answer);
  if (intercepted === undefined) return ok(`${origin} answers`);
  const { told, advice, passes } = intercepted;
  if (answer.status >= 500) return unready(told, advice, passes ? 'starting' : 'misconfigured');
  return ok(`${origin} answers: ${told}`);
}

function named(dns: SeenByDoctor, tls: SeenByDoctor, http: SeenByDoctor): DoctorFinding[] {
  return [
    { id: 'dns', ...dns },
    { id: 'tls', ...tls },
    { id: 'http', ...http },
  ];
}

/** The answer to the first request, which may have to wait for a cold start; or the error. */
async function firstAnswer(url: string, timeoutMs: number): Promise<Answer | string> {
  const transport = httpTransport();
  const request = { method: 'GET', url, headers: [['Accept', 'application/json']] } as const;
  try {
    return new Answer(request, await transport.send(request, { timeoutMs }));
  } catch (error) {
    return reasonInWords(error).replaceAll(/\s+/g, ' ');
  } finally {
    await transport.close();
  }
}
