import { readText } from '../harness/files.ts';
import { ControlError } from '../simulator/control/control-error.ts';
import type { FurtherOrganization, NewOrganization } from '../simulator/control/organizations.ts';
import { checkOrganization } from '../simulator/control/organizations.ts';
import { compiled } from '../simulator/custom-apis/compiled.ts';
import { parseExact } from '../simulator/http/exact-json.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { UsageError } from './terminal.ts';

/** The options of `bgop simulate` that are about further organizations. */
export interface OrganizationOptions {
  /** `name`, or `name=port`. */
  readonly organization: readonly string[];
  /** A file with a list of organizations. */
  readonly organizations?: string;
}

/**
 * The organizations that the options ask for.
 *
 * @param seed of what custom APIs that are data draw
 * @throws UsageError for one that cannot be
 */
export async function organizationsOf(
  { organization: named, organizations: file }: OrganizationOptions,
  seed: number,
): Promise<FurtherOrganization[]> {
  const asked: [option: string, organization: NewOrganization][] = named.map((text) => {
    const [name = '', port] = text.split('=');
    if (port !== undefined && !/^\d{1,5}$/.test(port)) {
      throw new UsageError(`--organization ${text}: after "=" stands a port, 0 for a free one.`);
    }
    return [`--organization ${text}`, port === undefined ? { name } : { name, port: Number(port) }];
  });
  if (file !== undefined) {
    const option = `--organizations ${file}`;
    for (const organization of await listIn(file)) asked.push([option, organization]);
  }
  const names = new Set<string>();
  const organizations: FurtherOrganization[] = [];
  for (const [option, organization] of asked) {
    try {
      checkOrganization(organization);
      const { customApis, ...settings } = organization;
      if (names.has(settings.name)) throw new ControlError(`"${settings.name}" was named twice.`);
      names.add(settings.name);
      const apis = customApis === undefined ? {} : { customApis: await compiled(customApis, seed) };
      organizations.push({ ...settings, ...apis });
    } catch (error) {
      throw error instanceof ControlError ? new UsageError(`${option}: ${error.message}`) : error;
    }
  }
  return organizations;
}

/** A line for each further organization that is there. */
export function organizationLines({ control }: Simulator): string[] {
  const [, ...further] = control.organizations.list();
  return further.map(
    ({ name, url }) =>
      `organization ${name}: host name ${name}.localhost${url === undefined ? '' : `, and ${url}`}`,
  );
}

async function listIn(file: string): Promise<NewOrganization[]> {
  const wrong = `--organizations ${file}: the file has to hold a JSON list of organizations, such as [{"name": "fabrikam", "clock": "virtual", "port": 8081}].`;
  let list: unknown;
  try {
    list = parseExact(await readText(file));
  } catch (error) {
    throw error instanceof SyntaxError ? new UsageError(wrong) : error;
  }
  if (!Array.isArray(list)) throw new UsageError(wrong);
  // Each is looked at above.
  return list as NewOrganization[];
}
