import { capabilitiesOf, offersOf } from '../harness/capabilities.ts';
import type { Config } from '../harness/config.ts';
import type { RunMeta } from '../record/run-meta.ts';
import { suiteIdentity } from './package.ts';

/** What only the command line knows of a run. */
export type RunExtras = Pick<
  RunMeta,
  | 'id'
  | 'command'
  | 'only'
  | 'selected'
  | 'evidence'
  | 'knownDeviations'
  | 'proven'
  | 'caughtIn'
  | 'problems'
  | 'strictness'
>;

/** What the reporter needs to know of a run; free of secrets, as the configuration is. */
export function runMeta(config: Config, extras: RunExtras = {}): RunMeta {
  const { target, properties, slow } = config;
  return {
    suite: suiteIdentity(),
    target: { name: target.name, kind: target.kind, url: addressOf(target) },
    seed: properties.seed,
    runs: properties.runs,
    slow,
    clock: target.clock.kind,
    offers: offersOf(capabilitiesOf(config)),
    ...extras,
  };
}

/** Where a target is reached, for people to read. */
function addressOf(target: Config['target']): string {
  if (target.kind === 'url') return target.url;
  return target.kind === 'container' ? target.image : 'in this process';
}
