import type { Command } from 'commander';
import type { Outcome } from '../program.ts';
import type { BundleOptions, VerifyBundleOptions } from '../report/bundle.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `bgop report bundle` and `bgop report verify-bundle`. */
export function addArchives(report: Command, terminal: Terminal, outcome: Outcome): void {
  report
    .command('bundle')
    .description('Packs reports, configuration without secrets, versions and hashes into one archive.')
    .argument('<dirs...>', 'reports')
    .option('-o, --output <file>', 'the archive', 'conformance-bundle.zip')
    .option('--config <file>', 'configuration to pack along; what is secret stays out')
    .addHelpText('after', '\nExample:\n  bgop report bundle conformance-report -o 2026-01-31.zip')
    .action(async (directories: string[], options: BundleOptions) => {
      const { bundleReports } = await import('../report/bundle.ts');
      outcome.status = await bundleReports(directories, options, terminal);
    });
  report
    .command('verify-bundle')
    .description('Checks that an archive is whole and unchanged, and that its pages can be made again.')
    .argument('<file>', 'the archive')
    .option('--extract <dir>', 'unpack it, too')
    .addHelpText(
      'after',
      '\nExample:\n  bgop report verify-bundle 2026-01-31.zip\n\nExit status: 0 whole, 1 not, 2 no such file.',
    )
    .action(async (file: string, options: VerifyBundleOptions) => {
      const { checkBundle } = await import('../report/bundle.ts');
      outcome.status = await checkBundle(file, options, terminal);
    });
}
