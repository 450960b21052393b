import { probeDefinition } from '../../contract/probe.ts';
import { loadConfig, type Config } from '../../harness/config.ts';
import { AssemblyError, readAssemblyFile, type AssemblyFile } from '../../harness/installation/assembly.ts';
import { carryOut, PlanStopped } from '../../harness/installation/carry-out.ts';
import type { ProbeNames } from '../../harness/installation/components.ts';
import { planInstall, planRemove, type Plan } from '../../harness/installation/plan.ts';
import { Registry, RegistryRefusal } from '../../harness/installation/registry.ts';
import { survey, type Survey } from '../../harness/installation/survey.ts';
import { TransportError } from '../../harness/verdict.ts';
import { connect } from '../cleanup/connect.ts';
import { exit, UnfinishedError, UsageError, type Terminal } from '../terminal.ts';
import { checkConfiguration, preflight } from '../verify/preflight.ts';
import { namesOf } from './names.ts';
import { statusLines } from './status.ts';
import { doneSoFar, failedStep, asSentence, stepLine } from './text.ts';

/** Which probe in which target. */
export interface ProbeOptions {
  readonly config?: string;
  readonly target?: string;
  readonly name?: string;
}

/** How it is installed or removed. */
export interface ChangeOptions extends ProbeOptions {
  readonly assembly?: string;
  readonly solution?: string;
  readonly dryRun?: boolean;
}

/** What each command works with. */
interface Work {
  readonly config: Config;
  readonly names: ProbeNames;
  readonly registry: Registry;
}

/**
 * `bgop probe install`: registers the custom API, and with an assembly the plug-in that executes it.
 *
 * @returns 0 done, 1 the target refused something, or holds what bgop did not make
 * @throws UsageError, ConfigError, UnfinishedError when the target gives no answer
 */
export async function installProbe(options: ChangeOptions, terminal: Terminal): Promise<number> {
  const assembly = options.assembly === undefined ? undefined : await assemblyOf(options.assembly);
  return work(options, terminal, async ({ names, registry }) => {
    const there = await survey(registry, names.customApi, assembly?.name);
    const plan = planInstall(names, assembly, there);
    const status = await follow(plan, there, registry, options, terminal);
    if (status === exit.good && options.dryRun !== true) terminal.out(afterwards(names, assembly, there));
    return status;
  });
}

/**
 * `bgop probe remove`: takes away what install made.
 *
 * @returns 0 all is gone, or still needed by another custom API; 1 refused
 * @throws UsageError, ConfigError, UnfinishedError when the target gives no answer
 */
export async function removeProbe(options: ChangeOptions, terminal: Terminal): Promise<number> {
  return work(options, terminal, async ({ names, registry }) => {
    const there = await survey(registry, names.customApi);
    const plan = planRemove(there);
    if (plan.steps.length === 0 && plan.problems.length === 0) {
      terminal.out(`There is no ${names.customApi}, and nothing else that bgop installed.`);
      return exit.good;
    }
    return follow(plan, there, registry, options, terminal);
  });
}

/**
 * `bgop probe status`: what is there of the probe.
 *
 * @returns 0 the probe is complete, 1 it is not
 * @throws UsageError, ConfigError, UnfinishedError when the target gives no answer
 */
export async function probeStatus(options: ProbeOptions, terminal: Terminal): Promise<number> {
  return work(options, terminal, async ({ config, names, registry }) => {
    const { lines, complete } = statusLines(names, await survey(registry, names.customApi));
    terminal.out(`${names.customApi} on ${config.target.name}`);
    for (const line of lines) terminal.out(line);
    return complete ? exit.good : exit.broken;
  });
}

async function work(
  options: ChangeOptions,
  terminal: Terminal,
  act: (work: Work) => Promise<number>,
): Promise<number> {
  const { config: file, target, name, solution } = options;
  const config = await loadConfig({
    ...(file === undefined ? {} : { file }),
    ...(target === undefined ? {} : { target }),
  });
  const names = namesOf(config, name);
  const { client, close } = connect(config);
  try {
    await checkConfiguration(config);
    await preflight(config);
    return await act({ config, names, registry: new Registry(client, solution) });
  } catch (error) {
    if (error instanceof TransportError) throw new UnfinishedError(error.message);
    if (!(error instanceof RegistryRefusal)) throw error;
    terminal.err(`bgop: ${error.message}`);
    return exit.broken;
  } finally {
    await close();
  }
}

async function assemblyOf(file: string): Promise<AssemblyFile> {
  const assembly = await readAssemblyFile(file).catch((error: unknown) => {
    throw error instanceof AssemblyError ? new UsageError(error.message) : error;
  });
  if (assembly.types.includes(probeDefinition.pluginType)) return assembly;
  throw new UsageError(
    `${file} has no class ${probeDefinition.pluginType}, so it is not the probe’s plug-in. Build it as probe/README.md says.`,
  );
}

async function follow(
  plan: Plan,
  there: Survey,
  registry: Registry,
  { dryRun = false }: ChangeOptions,
  terminal: Terminal,
): Promise<number> {
  if (plan.problems.length > 0) {
    for (const problem of plan.problems) terminal.err(`bgop: ${problem}`);
    terminal.err('bgop: nothing was changed.');
    return exit.broken;
  }
  if (dryRun) {
    for (const step of plan.steps) terminal.out(stepLine(step, true));
    return exit.good;
  }
  try {
    await carryOut(registry, plan, there, (step) => {
      terminal.out(stepLine(step, false));
    });
    return exit.good;
  } catch (error) {
    if (!(error instanceof PlanStopped)) throw error;
    const told = `${failedStep(error.at)}: ${asSentence(error.message)} ${doneSoFar(error.done)} The same command goes on from there; "bgop probe remove" takes away what is there.`;
    if (error.cause instanceof TransportError) throw new UnfinishedError(told);
    terminal.err(`bgop: ${told}`);
    return exit.broken;
  }
}

/** What there is to do after an installation. */
function afterwards({ customApi }: ProbeNames, assembly: AssemblyFile | undefined, there: Survey): string {
  if (assembly === undefined && (there.api?.link ?? null) === null) {
    return `${customApi} is there, but no plug-in executes it, so it does nothing. Give --assembly DLL, or link a plug-in type yourself.`;
  }
  return `${customApi} is installed. See "bgop probe status", then run "bgop verify".`;
}
