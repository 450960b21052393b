import { Option, type Command } from 'commander';
import { wholeNumberArgument } from '../arguments.ts';
import type { InitCommandOptions } from '../init/init.ts';
import { authKinds } from '../init/options.ts';
import type { CommandOutcome } from '../outcome.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `bgop init`. */
export function addInit(program: Command, terminal: Terminal, outcome: CommandOutcome): void {
  const oneOf = (flags: string, description: string, choices: readonly string[]): Option =>
    new Option(flags, description).choices([...choices]);
  program
    .command('init')
    .description('Writes a configuration: asks at a terminal what the options leave open.')
    .option('-o, --output <file>', 'where it goes', 'bgop.config.json')
    .option('--yes', 'ask nothing; what is not given has its default')
    .option('--force', 'overwrite a file that is there')
    .optionsGroup('Target:')
    .addOption(oneOf('--kind <kind>', 'what is tested', ['simulator', 'url', 'container']))
    .option('--name <name>', 'its name in reports')
    .option('--url <url>', 'its address')
    .option('--image <image>', 'its container image')
    .option('--container-port <number>', 'port on which the container serves', wholeNumberArgument(1, 65_535))
    .option('--wait-for <path>', 'path that answers when the container is ready')
    .optionsGroup('Users (secrets are named by environment variables, never given):')
    .addOption(oneOf('--auth <kind>', 'how the initiator signs in', authKinds))
    .option('--token-env <variable>', 'variable with the token (default: BGOP_TOKEN)')
    .option('--tenant-id <id>', 'directory of the application')
    .option('--client-id <id>', 'the application')
    .option('--client-secret-env <variable>', 'variable with its secret (default: BGOP_CLIENT_SECRET)')
    .option('--scope <scope>', 'scope of the token')
    .option('--authority <url>', 'the sign-in service')
    .option('--other-token-env <variable>', 'another user with the privileges: variable with its token')
    .option('--other-client-id <id>', 'or: its application')
    .option('--other-client-secret-env <variable>', 'variable with its secret')
    .option('--unprivileged-token-env <variable>', 'a user without the privileges: variable with its token')
    .option('--unprivileged-client-id <id>', 'or: its application')
    .option('--unprivileged-client-secret-env <variable>', 'variable with its secret')
    .optionsGroup('What it offers:')
    .addOption(oneOf('--probe <kind>', 'the probe, or custom APIs that are there', ['control', 'fixed']))
    .option('--custom-api <name>', 'unique name of the probe')
    .option('--display-name <name>', 'display name of the probe')
    .option('--succeeds <name>', 'a custom API that succeeds')
    .option('--fails <name>', 'a custom API that fails')
    .addOption(oneOf('--clock <kind>', 'real time, or controlled by the suite', ['real', 'virtual']))
    .option('--clock-url <url>', 'the clock interface, absolute or a path of the target')
    .addOption(oneOf('--table <answer>', 'whether the table can be read', ['yes', 'no']))
    .addOption(oneOf('--callbacks <answer>', 'whether it can call back', ['yes', 'no']))
    .addOption(
      oneOf('--events <kind>', 'subscription to events', [
        'none',
        'webhook-step',
        'preregistered',
        'callback-registration',
      ]),
    )
    .addOption(oneOf('--sdk <answer>', 'whether there is an organization service', ['yes', 'no']))
    .option('--public-url <url>', 'the listener’s address as the target sees it (tunnel, proxy)')
    .option('--listener-port <number>', 'port to which that forwards', wholeNumberArgument(1, 65_535))
    .addHelpText(
      'after',
      `
Without a terminal nothing is asked, and --url, --image or --kind must be given. --yes takes the default for
everything that is not given: the built-in simulator. An existing file is only overwritten with --force.

Examples:
  bgop init
  bgop init --yes --url http://127.0.0.1:8080
  bgop init --yes --url https://contoso.crm.dynamics.com --auth client-credentials \\
    --tenant-id T --client-id C --events webhook-step \\
    --public-url https://tunnel.example --listener-port 8443

Exit status: 0 written, 2 wrong usage or configuration, 3 cancelled or not writable.`,
    )
    .action(async (options: InitCommandOptions) => {
      const { init } = await import('../init/init.ts');
      outcome.status = await init(options, terminal);
    });
}
