import { ControlError } from '../simulator/control/control-error.ts';
import type { ProtectionOptions } from '../simulator/protection/guard.ts';
import type { RunningServer, ServerOptions } from '../simulator/server.ts';
import { startServer } from '../simulator/server.ts';
import type { operationsOf } from '../simulator/operation-choices.ts';
import type { SimulatorOptions } from '../simulator/simulator.ts';
import { listenProblem } from './listen-problem.ts';
import { writeConfig } from './simulate-config.ts';
import type { Log, LogOptions } from './simulate-log.ts';
import { createLog } from './simulate-log.ts';
import type { OrganizationOptions } from './simulate-organizations.ts';
import type { TlsOptions } from './simulate-tls.ts';
import { tlsOf } from './simulate-tls.ts';
import { warnOfOthers } from './simulate-warnings.ts';
import { UnfinishedError, UsageError, type Terminal } from './terminal.ts';

// Nothing here may pull in the suite: whoever develops a client starts this often.

/** The options of `bgop simulate`, as commander gives them. */
export interface SimulateOptions extends TlsOptions, LogOptions, OrganizationOptions {
  readonly port: number;
  readonly clock: 'real' | 'virtual';
  readonly deviate: readonly string[];
  readonly vary?: number;
  /** `NAME=VALUE` each, see `chosen.ts`. */
  readonly choose: readonly string[];
  readonly retryBase?: number;
  readonly retryFactor?: number;
  readonly retryJitter?: number;
  readonly attemptLimit?: number;
  readonly capacity?: number;
  readonly requireAuth?: boolean;
  /** False: without the probe, as a tenant is before `bgop probe install`. */
  readonly probe?: boolean;
  /** A file of custom APIs. */
  readonly apis?: string;
  /** True for the documented limits. */
  readonly serviceProtection?: true | ProtectionOptions;
  readonly seed?: number;
  readonly writeConfig?: string;
  readonly callbackHosts?: readonly string[];
  readonly cors?: readonly string[];
  readonly corsControl?: readonly string[];
  /** False lets everybody in; without it one is generated where others can reach the simulator. */
  readonly controlToken?: string | false;
  readonly knownTokens?: boolean;
  /** Resources that are the organization's besides its address. */
  readonly resource: readonly string[];
  /** Requests that the journal keeps. */
  readonly journal?: number;
  /** The folder that keeps what it holds over its end. */
  readonly data?: string;
  readonly listDeviations?: boolean;
}

/**
 * `bgop simulate`: serves the built-in simulator until a signal ends it.
 *
 * @throws UsageError for options that do not fit, UnfinishedError when the port cannot be had
 */
export async function simulate(options: SimulateOptions, terminal: Terminal): Promise<number> {
  if (options.listDeviations === true) return listAll(terminal);
  const log = createLog(terminal, options);
  const tls = await tlsOf(options);
  await checkCallbackHosts(options);
  const data = await dataOf(options);
  const simulator = {
    ...(await simulatorOptions(options)),
    ...(await furtherOrganizations(options)),
    ...(data === undefined ? {} : { data }),
  };
  const server = await startServer(simulator, {
    host: options.host,
    port: options.port,
    ...(tls === undefined ? {} : { tls }),
    ...(options.tlsPort === undefined ? {} : { tlsPort: options.tlsPort }),
    allowedHosts: options.allowHost ?? [],
    corsOrigins: options.cors ?? [],
    controlOrigins: options.corsControl ?? [],
    callbackHosts: options.callbackHosts ?? [],
    knownTokens: options.knownTokens ?? false,
    ...controlTokenOf(options),
    ...(log.answered === undefined ? {} : { onAnswered: log.answered }),
  }).catch((error: unknown) => {
    data?.close();
    throw organizationProblem(error) ?? new UnfinishedError(listenProblem(error, options));
  });
  await writeConfig(server, options);
  // Listened for before it is said to be ready: who waits for that line may end it at once.
  const end = ended();
  log.listening(server.url);
  if (server.tlsUrl !== undefined) log.listening(server.tlsUrl);
  if (options.quiet !== true) {
    const { organizationLines } = await import('./simulate-organizations.ts');
    organizationLines(server.simulator).forEach(log.note);
  }
  if (tls?.trust !== undefined) log.note(`Clients are to trust ${tls.trust}.`);
  warnOfOthers(server, options, log);
  const stopWatching = await watched(options, server, log);
  await end;
  stopWatching();
  await server.close();
  return 0;
}

/** The token of `--control-token`, else of the environment, where the list of processes does not show it. */
function controlTokenOf({ controlToken }: SimulateOptions): Pick<ServerOptions, 'controlToken'> {
  const { BGOP_CONTROL_TOKEN: fromEnvironment = '' } = process.env;
  const token = controlToken ?? (fromEnvironment === '' ? undefined : fromEnvironment);
  return token === undefined ? {} : { controlToken: token };
}

/** @throws UsageError for one that cannot be */
async function furtherOrganizations(
  options: SimulateOptions,
): Promise<Pick<SimulatorOptions, 'organizations'>> {
  if (options.organization.length === 0 && options.organizations === undefined) return {};
  const { organizationsOf } = await import('./simulate-organizations.ts');
  return { organizations: await organizationsOf(options, options.seed ?? options.vary ?? 1) };
}

/** What is wrong with an organization that could not be started; undefined for another error. */
function organizationProblem(error: unknown): UsageError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof ControlError) return new UsageError(error.message);
  return error.name === 'DataFolderError' ? new UsageError(`--data ${error.message}`) : undefined;
}

/** @throws UsageError for a folder that cannot be used */
async function dataOf({ data, clock }: SimulateOptions) {
  if (data === undefined) return undefined;
  const { DataFolderError, openDataFolder } = await import('../simulator/data/data-folder.ts');
  try {
    return openDataFolder(data, clock);
  } catch (error) {
    throw error instanceof DataFolderError ? new UsageError(`--data ${error.message}`) : error;
  }
}

async function simulatorOptions(options: SimulateOptions): Promise<SimulatorOptions> {
  const { deviate: names, vary, seed, capacity, requireAuth, serviceProtection } = options;
  const varied = vary === undefined ? {} : (await import('../simulator/choices.ts')).varyChoices(vary);
  const { own, start } = vary === undefined ? {} : await operationsOfSeed(vary);
  const choose = options.choose.length === 0 ? {} : (await import('./chosen.ts')).chosen(options.choose);
  const deviated = await deviationsOf(names);
  const retry = {
    ...(options.retryBase === undefined ? {} : { baseMs: options.retryBase }),
    ...(options.retryFactor === undefined ? {} : { factor: options.retryFactor }),
    ...(options.retryJitter === undefined ? {} : { jitter: options.retryJitter }),
  };
  return {
    clock: options.clock,
    seed: seed ?? vary ?? 1,
    retry,
    choices: { ...varied, ...choose, ...deviated?.choices },
    ...(start === undefined ? {} : { start }),
    ...(own === undefined
      ? {}
      : { choicesOf: (sequence) => ({ ...own(sequence), ...choose, ...deviated?.choices }) }),
    ...(deviated === undefined ? {} : { behaviour: deviated.behaviour }),
    ...(options.attemptLimit === undefined ? {} : { attemptLimitMs: options.attemptLimit }),
    ...(capacity === undefined ? {} : { capacity }),
    ...(options.journal === undefined ? {} : { journal: options.journal }),
    ...(requireAuth === undefined ? {} : { requireAuth }),
    ...(options.resource.length === 0 ? {} : { signIn: { resources: options.resource } }),
    ...(options.probe === undefined ? {} : { probe: options.probe }),
    ...(await customApisOf(options)),
    ...(serviceProtection === undefined
      ? {}
      : { serviceProtection: serviceProtection === true ? {} : serviceProtection }),
  };
}

/** What operations choose for themselves with `--vary`, and when a virtual clock starts. */
async function operationsOfSeed(
  vary: number,
): Promise<{ own: ReturnType<typeof operationsOf>; start: number }> {
  const { operationsOf, startOf } = await import('../simulator/operation-choices.ts');
  return { own: operationsOf(vary), start: startOf(vary) };
}

/** The custom APIs of `--apis`. */
async function customApisOf({
  apis,
  seed,
  vary,
}: SimulateOptions): Promise<Pick<SimulatorOptions, 'customApis'>> {
  if (apis === undefined) return {};
  const { apisOf } = await import('./simulate-apis.ts');
  return { customApis: await apisOf(apis, seed ?? vary ?? 1) };
}

/** Follows the file of `--apis` for as long as the simulator serves; returns how that is ended. */
async function watched(options: SimulateOptions, { simulator }: RunningServer, { note }: Log) {
  const { apis, seed, vary } = options;
  if (apis === undefined) return () => undefined;
  const { watchApis } = await import('./simulate-apis.ts');
  return watchApis(apis, seed ?? vary ?? 1, simulator.replaceCustomApis, note);
}

async function deviationsOf(names: readonly string[]) {
  if (names.length === 0) return undefined;
  const { findDeviation, listDeviations } = await import('../simulator/deviations.ts');
  const { deviated } = await import('../simulator/deviation.ts');
  const deviations = [];
  for (const name of names) {
    const deviation = await findDeviation(name);
    if (deviation === undefined) {
      const { didYouMean } = await import('../harness/config/suggest.ts');
      const hint = didYouMean(name, await listDeviations()) ?? 'See --list-deviations.';
      throw new UsageError(`no deviation is called "${name}". ${hint}`);
    }
    deviations.push(deviation);
  }
  return deviated(deviations);
}

async function listAll(terminal: Terminal): Promise<number> {
  const { listDeviations, loadDeviation } = await import('../simulator/deviations.ts');
  for (const name of await listDeviations()) {
    const { breaks, summary } = await loadDeviation(name);
    terminal.out(`${name}\n    breaks ${breaks}: ${summary}`);
  }
  return 0;
}

/** @throws UsageError for an entry of --callback-hosts that means nothing */
async function checkCallbackHosts({ callbackHosts = [] }: SimulateOptions): Promise<void> {
  if (callbackHosts.length === 0) return;
  const { entryProblem } = await import('../simulator/http/callback-hosts.ts');
  for (const entry of callbackHosts) {
    const problem = entryProblem(entry);
    if (problem !== undefined) throw new UsageError(`--callback-hosts: ${problem}.`);
  }
}

/** Resolves at the first signal. A second one ends the process at once, whatever is still in flight. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const [signal, number] of [
      ['SIGINT', 2],
      ['SIGTERM', 15],
      ['SIGHUP', 1],
    ] as const) {
      process.on(signal, () => {
        if (asked) process.exit(128 + number);
        asked = true;
        resolve();
      });
    }
  });
}
