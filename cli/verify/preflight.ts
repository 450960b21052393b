import { clockAuthorization } from '../../harness/auth.ts';
import { clockTokenAdvice } from '../../harness/clock.ts';
import type { AuthConfig, ClockConfig, Config } from '../../harness/config.ts';
import { ConfigError } from '../../harness/config.ts';
import { didYouMean } from '../../harness/config/suggest.ts';
import { oddForm, parseJson } from '../../harness/json.ts';
import { excerpt } from '../../harness/mask/excerpt.ts';
import { httpTransport, type Transport } from '../../harness/transport.ts';
import { findDeviation, listDeviations } from '../../simulator/deviations.ts';
import { Answer, isObject } from '../../harness/answer.ts';
import { adviceFor, mayPass, reasonInWords } from '../reach/advice.ts';
import { interceptionOf } from '../reach/intermediary.ts';
import { NotReadyError, UnfinishedError } from '../terminal.ts';
import { checkListener, checkListenerPort } from './listener.ts';
import { checkSignIn, type Principals, type SignedIn } from './sign-in.ts';

/**
 * Looks whether a target can be used at all: the target answers and takes the tokens of
 * every principal, the listener can be served, and a virtual clock tells the time. It creates nothing in
 * the target. Whether a run can begin is looked at more closely by `readiness.ts`. What the configuration
 * misses by itself is found before, by {@link checkConfiguration}.
 *
 * @returns the tokens of those who had to sign in
 * @param firstMs how long the first answer may take; a target may have to be started by the request
 * @throws ConfigError for what the configuration misses, UnfinishedError for a target out of reach.
 */
export async function preflight(
  config: Config,
  environment: NodeJS.ProcessEnv = process.env,
  firstMs = 2 * config.timeouts.requestMs,
): Promise<SignedIn> {
  const { target, timeouts } = config;
  const address = target.kind === 'url' ? target.url : target.reachedAt;
  if (address === undefined) return new Map();
  await checkListener(config);
  const transport = httpTransport();
  try {
    const timeoutMs = Math.min(timeouts.requestMs, timeouts.progressMs);
    const root = `${address}/api/data/${target.apiVersion}/`;
    await checkReachable(transport, root, Math.max(firstMs, timeoutMs));
    const signedIn = await checkSignIn(principalsOf(config), transport, root, timeoutMs, environment);
    if (target.auth.kind === 'none') await checkOpen(transport, `${root}WhoAmI`, timeoutMs);
    if (target.clock.kind === 'virtual') await checkClock(transport, target.clock, timeoutMs, environment);
    return signedIn;
  } finally {
    await transport.close();
  }
}

/**
 * Looks whether the configuration has all that its target takes: secrets, deviations, a port. Contacts nobody.
 *
 * @throws ConfigError for what the configuration misses
 */
export async function checkConfiguration(
  config: Config,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  checkSecrets(config, environment);
  if (config.target.kind === 'simulator') await checkDeviations(config.target.deviations);
  else checkListenerPort(config);
}

function principalsOf({ target }: Config): Principals {
  return {
    auth: target.auth,
    otherUserAuth: target.otherUserAuth,
    unprivilegedAuth: target.unprivilegedAuth,
  };
}

function checkSecrets(config: Config, environment: NodeJS.ProcessEnv): void {
  const all = { ...principalsOf(config), clock: config.target.clock };
  const problems = Object.entries(all).flatMap(([name, part]) => {
    const secret = part === undefined ? undefined : variableOf(part);
    if (secret === undefined || (environment[secret.variable] ?? '') !== '') return [];
    return [
      {
        key: `target.${name}.${secret.key}`,
        found: `${secret.variable}, which is not set in the environment`,
        wanted: 'the name of an environment variable that holds the secret',
        wayOut: `Set it before the run: export ${secret.variable}=…`,
      },
    ];
  });
  if (problems.length > 0) throw new ConfigError('configuration', problems);
}

function variableOf(auth: AuthConfig | ClockConfig): { key: string; variable: string } | undefined {
  if (auth.kind === 'virtual') {
    return auth.tokenEnv === undefined ? undefined : { key: 'tokenEnv', variable: auth.tokenEnv };
  }
  if (auth.kind === 'bearer') return { key: 'tokenEnv', variable: auth.tokenEnv };
  if (auth.kind === 'client-credentials') return { key: 'clientSecretEnv', variable: auth.clientSecretEnv };
  return undefined;
}

async function checkDeviations(names: readonly string[]): Promise<void> {
  const found = await Promise.all(names.map(findDeviation));
  const unknown = names.filter((_name, index) => found[index] === undefined);
  if (unknown.length === 0) return;
  const known = await listDeviations();
  const problems = unknown.map((name) => ({
    key: 'target.deviations',
    found: JSON.stringify(name),
    wanted: 'the name of a deviation',
    wayOut: didYouMean(name, known) ?? 'See `bgop simulate --list-deviations`.',
  }));
  throw new ConfigError('configuration', problems);
}

/** Any HTTP answer of the target counts: what it says is for the checks to judge. */
async function checkReachable(transport: Transport, url: string, timeoutMs: number): Promise<void> {
  const request = { method: 'GET', url, headers: [['Accept', 'application/json']] } as const;
  try {
    const answer = new Answer(request, await transport.send(request, { timeoutMs }));
    const intercepted = answer.status >= 500 ? interceptionOf(answer) : undefined;
    if (intercepted !== undefined) {
      throw new NotReadyError(
        `the target cannot be reached: ${intercepted.told}. ${intercepted.advice}`,
        intercepted.passes,
      );
    }
  } catch (error) {
    if (error instanceof UnfinishedError) throw error;
    const reason = reasonInWords(error);
    throw new NotReadyError(`the target cannot be reached. ${reason}. ${adviceFor(reason)}`, mayPass(reason));
  }
}

/** Without a token nothing could be judged at a target that wants one. */
async function checkOpen(transport: Transport, url: string, timeoutMs: number): Promise<void> {
  const headers: [string, string][] = [['Accept', 'application/json']];
  const answer = await transport.send({ method: 'GET', url, headers }, { timeoutMs }).catch(() => undefined);
  if (answer?.status !== 401 || !answer.headers.some(([name]) => name.toLowerCase() === 'www-authenticate'))
    return;
  throw new UnfinishedError(
    `the target wants a token: GET ${url} is answered 401, and target.auth is "none". Set target.auth in a configuration ("bgop init" writes one); "bgop simulate --write-config FILE" writes one for the simulator.`,
  );
}

async function checkClock(
  transport: Transport,
  clock: Extract<ClockConfig, { kind: 'virtual' }>,
  timeoutMs: number,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const { url } = clock;
  let told: string;
  let passes = false;
  try {
    const headers: [string, string][] = [['Accept', 'application/json']];
    const authorization = clockAuthorization(clock, environment);
    if (authorization !== undefined) headers.push(['Authorization', authorization]);
    const answer = await transport.send({ method: 'GET', url, headers }, { timeoutMs });
    if (tellsTime(answer.body)) return;
    if (answer.status === 401) {
      throw new NotReadyError(
        `the virtual clock refuses the suite: GET ${url} is answered 401. ${clockTokenAdvice}.`,
        false,
      );
    }
    const odd = oddForm(answer.body);
    told = `GET ${url} answered ${answer.status} with ${JSON.stringify(excerpt(answer.body, 80))}${odd === undefined ? '' : `, which ${odd}`}`;
    // Routes may come one after another in a target that is starting.
    passes = true;
  } catch (error) {
    if (error instanceof NotReadyError) throw error;
    told = reasonInWords(error);
    passes = mayPass(told);
  }
  throw new NotReadyError(
    `the virtual clock does not tell the time. ${told}; expected 200 with {"now":"…"}. Correct target.clock.url, or set target.clock to {"kind":"real"}.`,
    passes,
  );
}

function tellsTime(body: string): boolean {
  const told = parseJson(body);
  return isObject(told) && typeof told['now'] === 'string' && !Number.isNaN(Date.parse(told['now']));
}
