import { probeDefinition } from '../../contract/probe.ts';
import type { Config } from '../../harness/config.ts';
import type { ProbeNames } from '../../harness/installation/components.ts';
import { UsageError } from '../terminal.ts';

/** A publisher's prefix of 2 to 8 letters and digits, an underscore, and letters, digits, underscores. */
const uniqueName = /^(?!mscrm)[a-z][a-z0-9]{1,7}_[a-z0-9_]+$/i;

/**
 * How the probe is called: as `--name` says, else as the configuration does.
 *
 * @throws UsageError for a name that Dataverse does not take, and for a configuration without the probe
 */
export function namesOf(config: Config, name: string | undefined): ProbeNames {
  const { probe } = config.target;
  if (name === undefined && probe.kind === 'fixed') {
    throw new UsageError(
      'target.probe names fixed custom APIs, so this target needs no probe. Give --name to install one all the same.',
    );
  }
  const configured = probe.kind === 'control' ? probe : probeDefinition;
  const customApi = name ?? configured.customApi;
  if (!uniqueName.test(customApi) || customApi.length > 128) {
    throw new UsageError(
      `"${customApi}" is not a unique name of a custom API. Wanted the prefix of your publisher, an underscore and a name, e.g. contoso_Probe.`,
    );
  }
  return { customApi, displayName: configured.displayName };
}
