import { readText } from '../harness/files.ts';
import { ControlError } from '../simulator/control/control-error.ts';
import type { NewOrganization } from '../simulator/control/organizations.ts';
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
 * Adds the organizations that the options ask for; answers a line for each.
 *
 * @throws UsageError for one that cannot be
 */
export async function addOrganizations(
  simulator: Simulator,
  { organization: named, organizations: file }: OrganizationOptions,
): Promise<string[]> {
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
  const lines: string[] = [];
  for (const [option, organization] of asked) {
    try {
      const { name, url } = await simulator.control.organizations.add(organization);
      lines.push(
        `organization ${name}: host name ${name}.localhost${url === undefined ? '' : `, and ${url}`}`,
      );
    } catch (error) {
      throw error instanceof ControlError ? new UsageError(`${option}: ${error.message}`) : error;
    }
  }
  return lines;
}

async function listIn(file: string): Promise<NewOrganization[]> {
  const wrong = `--organizations ${file}: the file has to hold a JSON list of organizations, such as [{"name": "fabrikam", "clock": "virtual", "port": 8081}].`;
  let list: unknown;
  try {
    list = JSON.parse(await readText(file));
  } catch (error) {
    throw error instanceof SyntaxError ? new UsageError(wrong) : error;
  }
  if (!Array.isArray(list)) throw new UsageError(wrong);
  // Each is looked at when it is added.
  return list as NewOrganization[];
}
