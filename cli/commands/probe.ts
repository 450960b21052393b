import type { Command } from 'commander';
import type { ChangeOptions, ProbeOptions } from '../probe/probe.ts';
import type { CommandOutcome } from '../outcome.ts';
import type { Terminal } from '../terminal.ts';

const exitStatus = `
Exit status: 0 done (status: complete), 1 refused or incomplete, 2 wrong usage or configuration,
3 the target could not be reached.`;

/** Adds `bgop probe` with its commands. */
export function addProbe(program: Command, terminal: Terminal, outcome: CommandOutcome): void {
  const probe = program
    .command('probe')
    .description('Installs the probe in a tenant through the Web API, looks at it, takes it away.')
    .addHelpText(
      'after',
      `
The probe is the custom API with which the suite controls each attempt. What is needed in Dataverse,
how to build its plug-in, and what can be tested without it: docs/probe.md.

Examples:
  bgop probe install --config contoso.json --assembly Bgop.Probe.dll
  bgop probe status --config contoso.json
  bgop probe remove --config contoso.json`,
    );

  target(probe.command('install'))
    .description('Registers the custom API, and with --assembly the plug-in that executes it.')
    .option('--assembly <dll>', 'the signed plug-in assembly, built from probe/')
    .option('--solution <name>', 'unique name of the unmanaged solution that takes what is created')
    .option('--dry-run', 'only say what would be done')
    .addHelpText(
      'after',
      `
A second installation changes only what differs, and completes what was begun. What bgop did not make
is never changed. Secrets come from the environment variables that the configuration names.

Examples:
  bgop probe install --config contoso.json --assembly Bgop.Probe.dll --dry-run
  bgop probe install --config contoso.json --assembly Bgop.Probe.dll --solution Conformance
  bgop probe install --config contoso.json --name contoso_Probe     a publisher’s own prefix
${exitStatus}`,
    )
    .action(async (options: ChangeOptions) => {
      const { installProbe } = await import('../probe/probe.ts');
      outcome.status = await installProbe(options, terminal);
    });

  target(probe.command('remove'))
    .description('Deletes what "bgop probe install" made, and only that.')
    .option('--dry-run', 'only say what would be done')
    .addHelpText(
      'after',
      `
Plug-in code that executes another custom API as well is kept.

Example:
  bgop probe remove --config contoso.json
${exitStatus}`,
    )
    .action(async (options: ChangeOptions) => {
      const { removeProbe } = await import('../probe/probe.ts');
      outcome.status = await removeProbe(options, terminal);
    });

  target(probe.command('status'))
    .description('Says what is there of the probe, and what is missing.')
    .addHelpText(
      'after',
      `
Example:
  bgop probe status --config contoso.json
${exitStatus}`,
    )
    .action(async (options: ProbeOptions) => {
      const { probeStatus } = await import('../probe/probe.ts');
      outcome.status = await probeStatus(options, terminal);
    });
}

function target(command: Command): Command {
  return command
    .option('--config <file>', 'configuration (default: bgop.config.json, .ts or .js here, if there is one)')
    .option('--target <target>', 'the address of a target')
    .option('--name <name>', 'unique name of the custom API (default: as configured, else bgop_Probe)');
}
