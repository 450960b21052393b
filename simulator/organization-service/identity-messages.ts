import { organizationVersion as version } from '../world.ts';
import type { MessageHandler } from './messages.ts';
import { pair } from './value-writer.ts';
import { nil, tag, textTag } from './xml-writer.ts';

const guid = (name: string, value: string) => pair(name, { kind: 'guid', value });

/** `WhoAmI`. */
export const whoAmI: MessageHandler = ({ user, world }) => {
  const { id, businessUnitId } = world.organization;
  return {
    type: 'k:WhoAmIResponse',
    results: guid('UserId', user.id) + guid('BusinessUnitId', businessUnitId) + guid('OrganizationId', id),
  };
};

/** `RetrieveVersion`. */
export const retrieveVersion: MessageHandler = () => ({
  type: 'k:RetrieveVersionResponse',
  results: pair('Version', { kind: 'string', value: version }),
});

/** `RetrieveCurrentOrganization`: the members of `OrganizationDetail` in the order of its data contract. */
export const retrieveCurrentOrganization: MessageHandler = ({ world, request }) => {
  const { id, name } = world.organization;
  const { origin } = request;
  const endpoint = (key: string, value: string) =>
    tag('o:KeyValuePairOfEndpointTypestringyDL0RVHi', textTag('b:key', key) + textTag('b:value', value));
  const endpoints = [
    endpoint('WebApplication', `${origin}/`),
    endpoint('OrganizationService', `${origin}/XRMServices/2011/Organization.svc`),
    endpoint('OrganizationDataService', `${origin}/XRMServices/2011/OrganizationData.svc`),
  ];
  const detail = [
    tag('o:Endpoints', endpoints.join('')),
    nil('o:EnvironmentId'),
    textTag('o:FriendlyName', name),
    nil('o:Geo'),
    textTag('o:OrganizationId', id),
    textTag('o:OrganizationVersion', version),
    textTag('o:State', 'Enabled'),
    nil('o:TenantId'),
    textTag('o:UniqueName', name),
    textTag('o:UrlName', name),
  ];
  const value = tag('b:value', detail.join(''), 'i:type="o:OrganizationDetail"');
  return {
    type: 'k:RetrieveCurrentOrganizationResponse',
    results: tag('a:KeyValuePairOfstringanyType', textTag('b:key', 'Detail') + value),
  };
};
