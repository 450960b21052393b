import { Option, type Command } from 'commander';
import {
  callbackHosts,
  collected,
  decimalNumber,
  protectionLimits,
  wholeNumberArgument,
} from '../arguments.ts';
import type { CommandOutcome } from '../outcome.ts';
import type { SimulateOptions } from '../simulate.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `bgop simulate`. */
export function addSimulate(program: Command, terminal: Terminal, outcome: CommandOutcome): void {
  defineSimulate(program.command('simulate'), 'bgop simulate', terminal, outcome);
}

/** Gives a command the options and the work of `bgop simulate`; `name` is how its users call it. */
export function defineSimulate(
  command: Command,
  name: string,
  terminal: Terminal,
  outcome: CommandOutcome,
): void {
  command
    .description('Serves the built-in simulator: a Dataverse with background operations, on this machine.')
    .option('--port <number>', 'port, 0 for a free one', wholeNumberArgument(0, 65_535), 0)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(
      new Option('--clock <kind>', 'real time, or a clock that is moved at /simulator/clock')
        .choices(['real', 'virtual'])
        .default('real'),
    )
    .option('--deviate <name>', 'break a clause; may be repeated', collected, [])
    .option('--list-deviations', 'list the deviations and end')
    .option('--vary <seed>', 'choose at random what the documentation leaves open', wholeNumberArgument(0))
    .option('--choose <name=value>', 'choose one thing that it leaves open; may be repeated', collected, [])
    .option('--seed <number>', 'seed of jitter and the like', wholeNumberArgument(0))
    .option('--retry-base <ms>', 'wait before the first retry', wholeNumberArgument(1))
    .option('--retry-factor <factor>', 'from one wait to the next', decimalNumber(1, 100))
    .option('--retry-jitter <part>', '0.25 for ±25 %', decimalNumber(0, 1))
    .option('--attempt-limit <ms>', 'how long an attempt may run', wholeNumberArgument(1))
    .option(
      '--capacity <number>',
      'attempts that may run at once (default: without limit)',
      wholeNumberArgument(1),
    )
    .option(
      '--service-protection [limits]',
      'answer 429 with Retry-After beyond the limits of Dataverse, or beyond others: requests, execution (s), concurrent, window (s)',
      protectionLimits,
    )
    .option('--no-require-auth', 'take requests without a token for the initiator’s')
    .option('--apis <file>', 'custom APIs of your own (.json, .ts, .js), read again when it changes')
    .option('--no-probe', 'start without the probe, to try "bgop probe install" on')
    .option(
      '--allow-host <name>',
      'host that requests may name; may be repeated ("*.test", "single-label", "any")',
      collected,
      [],
    )
    .option(
      '--callback-hosts <list>',
      'what callbacks, webhooks and the probe may call: loopback, private, link-local, metadata, public, hosts, addresses, ranges, any; !entry refuses',
      callbackHosts,
    )
    .option(
      '--cors <origin>',
      'origin whose web pages may use it, besides those of this machine; may be repeated ("any" for all)',
      collected,
      [],
    )
    .option(
      '--cors-control <origin>',
      'origin whose web pages may use /simulator/*, e.g. http://localhost:5173; may be repeated',
      collected,
      [],
    )
    .option(
      '--control-token <token>',
      'what requests to /simulator/* have to show: Authorization: Bearer TOKEN (default: BGOP_CONTROL_TOKEN; else none on this machine, and a generated one where others can reach it)',
    )
    .option('--no-control-token', 'ask for no token there, also where others can reach it')
    .option('--known-tokens', 'keep the well-known tokens, also where others can reach it')
    .option(
      '--resource <uri>',
      'resource whose tokens it takes besides those for its own address, e.g. https://contoso.crm.dynamics.com; may be repeated ("any" for all)',
      collected,
      [],
    )
    .option(
      '--tls-port <number>',
      'https on this port, and plain http on --port',
      wholeNumberArgument(0, 65_535),
    )
    .option(
      '--self-signed [folder]',
      'https with a certificate that it makes and keeps there (bgop-certificate)',
    )
    .option(
      '--journal <requests>',
      'requests that /simulator/requests keeps, 0 for none (default: 1000)',
      wholeNumberArgument(0, 1_000_000),
    )
    .option(
      '--data <folder>',
      'keep what it holds in this folder, and go on from there (default: memory only)',
    )
    .option(
      '--organization <name>',
      'a further organization, at name.localhost; name=PORT gives it a port, too; may be repeated',
      collected,
      [],
    )
    .option('--organizations <file>', 'further organizations from a JSON file, with clock, users and port')
    .option('--tls-cert <file>', 'certificate (PEM), for https')
    .option('--tls-key <file>', 'its key (PEM)')
    .addOption(new Option('--verbose', 'a line for each request').conflicts('quiet'))
    .option('--quiet', 'warnings only: not even that it listens')
    .addOption(
      new Option('--log-format <format>', 'lines to read, or JSON').choices(['text', 'json']).default('text'),
    )
    .option('--write-config <file>', 'write the configuration with which "bgop verify" reaches it')
    .addHelpText(
      'after',
      `
It prints "listening on http://127.0.0.1:PORT" when it is ready and runs until Ctrl-C. Users, by
bearer token: token-initiator, token-other, token-unprivileged. On an address that others can reach the
tokens are generated and printed, and one for /simulator/, too. A second Ctrl-C ends it at once.

Examples:
  ${name} --port 8080
  ${name} --clock virtual --write-config bgop.config.json
  ${name} --port 80 --tls-port 443 --self-signed         for ServiceClient, which knows no other ports
  ${name} --data simulator-data                  goes on after a restart, and after kill -9
  ${name} --service-protection requests=100,window=10   does your client wait when told to?
  ${name} --apis custom-apis.json                custom APIs of your own
  ${name} --choose keyValueTypes=strings         outputparameters as pairs of strings
  ${name} --retry-base 200 --retry-factor 2      retries in a blink
  ${name} --deviate retry.at-most-three-four     a Dataverse that is wrong in one point`,
    )
    .action(async (options: SimulateOptions) => {
      const { simulate } = await import('../simulate.ts');
      outcome.status = await simulate(options, terminal);
    });
}
