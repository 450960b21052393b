import type { Command } from 'commander';
import { wholeNumberArgument } from '../arguments.ts';
import type { CommandOutcome } from '../outcome.ts';
import type { ProxyOptions } from '../proxy/proxy.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `bgop proxy`. */
export function addProxy(program: Command, terminal: Terminal, outcome: CommandOutcome): void {
  program
    .command('proxy')
    .description('Records what passes between a client and a target, and judges both meanwhile.')
    .requiredOption('--target <url>', 'the target, e.g. https://contoso.crm.dynamics.com')
    .option('--port <number>', 'port, 0 for a free one', wholeNumberArgument(0, 65_535), 0)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--record <file>', 'JSON lines for "bgop traffic"; they are added to it', 'traffic.jsonl')
    .option('--rewrite-location', "change Location of the target's origin to the proxy's")
    .option('--callback-port <number>', 'listen here for callbacks, too', wholeNumberArgument(0, 65_535))
    .option('--callback-target <url>', 'where they go on to')
    .option('--self-signed [folder]', 'https with a certificate that it makes and keeps there')
    .option('--tls-cert <file>', 'certificate (PEM), for https')
    .option('--tls-key <file>', 'its key (PEM)')
    .addHelpText(
      'after',
      `
Nothing that passes is changed, but Location with --rewrite-location: without it a client that follows the
Location of a target that names itself leaves the proxy. Tokens are masked before they are written.

Examples:
  bgop proxy --target http://127.0.0.1:8080 --port 8081
  bgop proxy --target https://contoso.crm.dynamics.com --port 8081 --rewrite-location
  bgop proxy --target http://127.0.0.1:8080 --callback-port 9001 --callback-target http://127.0.0.1:9000

Exit status: 0 when it is ended by Ctrl-C, 2 wrong usage, 3 the port cannot be had, or not all was recorded.`,
    )
    .action(async (options: ProxyOptions) => {
      const { proxy } = await import('../proxy/proxy.ts');
      outcome.status = await proxy(options, terminal);
    });
}
