import type { Command } from 'commander';
import type { CommandOutcome } from '../outcome.ts';
import type { Terminal } from '../terminal.ts';
import type { TrafficOptions } from '../traffic/traffic.ts';

/** Adds `bgop traffic`. */
export function addTraffic(program: Command, terminal: Terminal, outcome: CommandOutcome): void {
  program
    .command('traffic')
    .description('Judges recorded traffic: who is right about background operations, client or target?')
    .argument('<files...>', "HAR (1.2), JSON lines, the simulator's journal, a report's result; also .gz")
    .option('--report <dir>', 'where the report goes', 'conformance-traffic')
    .addHelpText(
      'after',
      `
It finds the background operations among whatever else is in the files, joins what belongs to each
operation, and judges clients and target. Secrets are masked before anything is kept.
How to record traffic in a browser, Playwright, mitmproxy, Fiddler or Charles: docs/traffic.md.

Examples:
  bgop traffic contoso.har
  curl -s http://127.0.0.1:8080/simulator/requests?limit=1000 > journal.json && bgop traffic journal.json
  bgop traffic monday.jsonl tuesday.jsonl.gz --report judged

Exit status: 0 no MUST that the record shows is broken, 1 one is, 2 wrong usage,
3 a file is cut: it was judged as far as it goes.`,
    )
    .action(async (files: string[], options: TrafficOptions) => {
      const { judgeFiles } = await import('../traffic/traffic.ts');
      outcome.status = await judgeFiles(files, options, terminal);
    });
}
