import { organizationVersion } from '../world.ts';
import type { Call, Handled } from './call.ts';
import { odataAnswer, otherVerb, refused } from './call.ts';
import { errors } from './errors.ts';

/** A function that tells a client about the organization: `ServiceClient` calls them when it connects. */
interface OrganizationFunction {
  /** What stands behind the name, in parentheses. */
  readonly tail: RegExp;
  /** @param given what the groups of `tail` matched */
  readonly body: (call: Call, given: readonly string[]) => object;
}

const noOne = '00000000-0000-0000-0000-000000000000';
const accessTypes = '(Default|Internet|Intranet)';

const functions: ReadonlyMap<string, OrganizationFunction> = new Map([
  ['RetrieveVersion', { tail: /^(\(\))?$/, body: () => ({ Version: organizationVersion }) }],
  [
    'RetrieveCurrentOrganization',
    {
      // As text, as ServiceClient writes it; as a member of the enumeration; or by an alias.
      tail: new RegExp(
        `^\\(AccessType=((Microsoft\\.Dynamics\\.CRM\\.EndpointAccessType)?'${accessTypes}'|@\\w+)\\)$`,
      ),
      body: currentOrganization,
    },
  ],
]);

/** `GET RetrieveVersion()` or `RetrieveCurrentOrganization(AccessType='Default')`; undefined for another name. */
export function organizationFunction(call: Call, segment: string, tail: string): Handled | undefined {
  const found = functions.get(segment);
  if (found === undefined) return undefined;
  const { request, root } = call;
  const match = found.tail.exec(tail);
  if (match === null) return refused('other', errors.noSegment(`${segment}${tail}`));
  if (request.method !== 'GET') return otherVerb(call);
  const answer = odataAnswer({
    '@odata.context': `${root}$metadata#Microsoft.Dynamics.CRM.${segment}Response`,
    ...found.body(call, match.slice(1)),
  });
  return { answer, resource: 'other' };
}

function currentOrganization({ world, request: { origin } }: Call): object {
  const { id, name } = world.organization;
  const endpoints = {
    WebApplication: `${origin}/`,
    OrganizationService: `${origin}/XRMServices/2011/Organization.svc`,
    OrganizationDataService: `${origin}/XRMServices/2011/OrganizationData.svc`,
  };
  return {
    Detail: {
      OrganizationId: id,
      FriendlyName: name,
      OrganizationVersion: organizationVersion,
      EnvironmentId: id,
      DatacenterId: noOne,
      Geo: null,
      TenantId: noOne,
      UrlName: name,
      UniqueName: name,
      State: 'Enabled',
      Endpoints: {
        Count: Object.keys(endpoints).length,
        IsReadOnly: false,
        Keys: Object.keys(endpoints),
        Values: Object.values(endpoints),
      },
    },
  };
}
