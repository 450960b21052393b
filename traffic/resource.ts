import { table } from '../contract/vocabulary.ts';

/** What a request is addressed to, by its address alone. */
export type Resource =
  | { readonly kind: 'monitor'; readonly id: string; readonly documented: boolean; readonly query: string }
  | {
      readonly kind: 'row';
      readonly id: string;
      readonly query: string;
      /** The one column that a path behind the row names, or the message of the platform that is called on it. */
      readonly property?: string;
    }
  | { readonly kind: 'rows'; readonly query: string }
  | { readonly kind: 'batch' }
  | { readonly kind: 'organization-service' }
  /** A message or a table of the Web API; `name` is what follows the version. */
  | { readonly kind: 'web-api'; readonly name: string }
  | { readonly kind: 'other' };

/** A GUID as the path of a resource has it. */
export const guid = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}';

const monitor = /(\/?)\/api\/(backgroundoperations?)(\(|\/)([^/?#()]+)\)?(\/[^?#]*)?$/i;
const webApi = /\/api\/data\/v\d+(?:\.\d+)?\/(.*)$/i;
const idIn = new RegExp(guid, 'i');
const wholeId = new RegExp(`^${guid}$`, 'i');
/** A monitor where none is: below another path, with an encoded slash, with the id in the query. */
const elsewhere = new RegExp(
  `/api/(?:v\\d[^/]*/)?backgroundoperations?(?:/|%2f|\\(|\\?(?:.*&)?\\w*id=)(${guid})`,
  'i',
);

/** What an address names; an id comes in lower case. */
export function resourceOf(url: string): Resource {
  const [address = '', query = ''] = url.split('#', 1)[0]?.split(/\?(.*)/s, 2) ?? [];
  const [, slash, name, opening, id = '', below = ''] = monitor.exec(address) ?? [];
  if (name !== undefined) {
    const documented =
      slash === '' &&
      name === 'backgroundoperation' &&
      opening === '/' &&
      below === '' &&
      address.endsWith(`/api/backgroundoperation/${id}`) &&
      wholeId.test(id);
    return { kind: 'monitor', id: id.toLowerCase().replaceAll(/[{}]|%7b|%7d/g, ''), documented, query };
  }
  const resource = webApi.exec(address)?.[1];
  const strayed = resource === undefined ? elsewhere.exec(url)?.[1]?.toLowerCase() : undefined;
  if (strayed !== undefined) return { kind: 'monitor', id: strayed, documented: false, query };
  if (resource === undefined)
    return {
      kind: /\/xrmservices\/2011\/organization\.svc/i.test(address) ? 'organization-service' : 'other',
    };
  if (resource === '$batch') return { kind: 'batch' };
  const plain = safelyDecoded(resource);
  const asSegment = new RegExp(`^backgroundoperations?/\\{?(${guid})\\}?$`, 'i').exec(plain)?.[1];
  if (asSegment !== undefined)
    return { kind: 'monitor', id: asSegment.toLowerCase(), documented: false, query };
  const [, set, key, property] =
    /^(\w+)(?:\((.*)\))?(?:\/\$count|\/((?:Microsoft\.Dynamics\.CRM\.)?[A-Za-z]+)(?:\/\$value)?)?$/s.exec(
      plain,
    ) ?? [];
  const one = idIn.exec(key ?? '')?.[0].toLowerCase();
  // The monitor's name with the table's address: neither.
  if (set?.toLowerCase() === 'backgroundoperation' && one !== undefined)
    return { kind: 'monitor', id: one, documented: false, query };
  if (set?.toLowerCase() !== table.set) return { kind: 'web-api', name: resource };
  if (key === undefined) return { kind: 'rows', query };
  return { kind: 'row', id: one ?? key, query, ...(property === undefined ? {} : { property }) };
}

/** A percent-encoded text as it reads; as it is where it is malformed. */
export function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The origin of an organization: its Web API has a second host, `contoso.api.crm.…` beside `contoso.crm.…`. */
export function organizationOf(url: string): string {
  return originOf(url).replace(/^(https?:\/\/[^./]+)\.api\.(crm\d*\.)/, '$1.$2');
}

/** Scheme and authority, without a port that goes without saying; empty for what is no absolute address. */
export function originOf(url: string): string {
  const [, scheme = '', authority = ''] = /^(https?|wss?):\/\/([^/?#]+)/i.exec(url.toLowerCase()) ?? [];
  if (authority === '') return '';
  // A web socket begins as a request of HTTP to the same place.
  const http = scheme.replace('ws', 'http');
  return `${http}://${authority.replace(http === 'https' ? /:443$/ : /:80$/, '')}`;
}
