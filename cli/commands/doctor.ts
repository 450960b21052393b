import { Option, type Command } from 'commander';
import { longestWaitSeconds, wholeNumberArgument } from '../arguments.ts';
import type { DoctorOptions } from '../doctor/doctor.ts';
import type { CommandOutcome } from '../outcome.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `bgop doctor`. */
export function addDoctor(program: Command, terminal: Terminal, outcome: CommandOutcome): void {
  program
    .command('doctor')
    .description(
      'Checks whether a target and its configuration are ready for a run, and says how to fix them.',
    )
    .option('--config <file>', 'configuration, as with verify')
    .option('--target <target>', '"simulator", or the address of a target')
    .option(
      '--report <dir>',
      'where the log of a container goes when something is wrong',
      'conformance-report',
    )
    .option(
      '--wait <seconds>',
      'look again for so long while the target is starting',
      wholeNumberArgument(0, longestWaitSeconds),
    )
    .addOption(new Option('--format <format>', 'how to print it').choices(['table', 'json']).default('table'))
    .addHelpText(
      'after',
      `
It looks at: dns, tls, http; token, who-am-i, privileges; other-user, unprivileged-user; table;
clock; listener, and publicUrl; the probe, executed once without an operation; events. Each is ok,
wrong or skipped. Nothing stays in the target. A virtual clock is moved on by a millisecond, which
starts what waits there; the webhook and step that it registers are deleted at once.

Examples:
  bgop doctor --config contoso.json
  bgop doctor --target http://127.0.0.1:8080
  bgop doctor --config contoso.json --wait 60
  bgop doctor --config contoso.json --format json | jq '.checks[] | select(.outcome == "wrong")'

Exit status: 0 nothing is wrong, 1 something is, 2 wrong usage or configuration, 3 the target could
not be reached.`,
    )
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import('../doctor/doctor.ts');
      outcome.status = await doctor(options, terminal);
    });
}
