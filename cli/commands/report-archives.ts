import type { Command } from 'commander';
import type { CommandOutcome } from '../outcome.ts';
import type { BundleOptions, VerifyBundleOptions } from '../report/bundle.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `bgop report bundle` and `bgop report verify-bundle`. */
export function addArchives(report: Command, terminal: Terminal, outcome: CommandOutcome): void {
  report
    .command('bundle')
    .description('Packs reports, configuration without secrets, versions and hashes into one archive.')
    .argument('<dirs...>', 'reports')
    .option('-o, --output <file>', 'the archive', 'conformance-bundle.zip')
    .option('--config <file>', 'configuration to pack along; what is secret stays out')
    .option('--sign', 'sign it with the private key (PEM) in the environment variable BGOP_SIGNING_KEY')
    .addHelpText(
      'after',
      `
Examples:
  bgop report bundle conformance-report -o 2026-01-31.zip
  BGOP_SIGNING_KEY="$(cat bgop.key)" bgop report bundle conformance-report --sign

A pair of keys: openssl genpkey -algorithm ed25519 -out bgop.key
                openssl pkey -in bgop.key -pubout -out bgop.pub`,
    )
    .action(async (directories: string[], options: BundleOptions) => {
      const { bundleReports } = await import('../report/bundle.ts');
      outcome.status = await bundleReports(directories, options, terminal);
    });
  report
    .command('verify-bundle')
    .description('Checks that an archive matches its manifest, and that its pages can be made again.')
    .argument('<file>', 'the archive')
    .option('--public-key <file>', 'also demand a signature of this key (PEM)')
    .option('--extract <dir>', 'unpack it, too, into a folder that is new or empty')
    .addHelpText(
      'after',
      `
Examples:
  bgop report verify-bundle 2026-01-31.zip
  bgop report verify-bundle 2026-01-31.zip --public-key bgop.pub

The manifest shows that nothing was damaged or left out; only a signature shows who made the bundle.

Exit status: 0 it matches, and is signed where a key is given; 1 not; 2 no such file or key.`,
    )
    .action(async (file: string, options: VerifyBundleOptions) => {
      const { checkBundle } = await import('../report/bundle.ts');
      outcome.status = await checkBundle(file, options, terminal);
    });
}
