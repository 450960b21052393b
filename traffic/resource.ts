import { table } from '../contract/vocabulary.ts';

/** What a request is addressed to, by its address alone. */
export type Resource =
  | { readonly kind: 'monitor'; readonly id: string; readonly documented: boolean; readonly query: string }
  | { readonly kind: 'row'; readonly id: string; readonly query: string }
  | { readonly kind: 'rows'; readonly query: string }
  | { readonly kind: 'batch' }
  | { readonly kind: 'organization-service' }
  /** A message or a table of the Web API; `name` is what follows the version. */
  | { readonly kind: 'web-api'; readonly name: string }
  | { readonly kind: 'other' };

/** A GUID as the path of a resource has it. */
export const guid = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}';

const monitor = /\/api\/(backgroundoperations?)\/([^/?#]+)\/?$/i;
const webApi = /\/api\/data\/v\d+(?:\.\d+)?\/(.*)$/i;
const idIn = new RegExp(guid, 'i');

/** What an address names; an id comes in lower case. */
export function resourceOf(url: string): Resource {
  const [address = '', query = ''] = url.split('#', 1)[0]?.split(/\?(.*)/s, 2) ?? [];
  const [, name, id = ''] = monitor.exec(address) ?? [];
  if (name !== undefined)
    return { kind: 'monitor', id: id.toLowerCase(), documented: name === 'backgroundoperation', query };
  const below = webApi.exec(address)?.[1];
  if (below === undefined)
    return {
      kind: /\/xrmservices\/2011\/organization\.svc/i.test(address) ? 'organization-service' : 'other',
    };
  if (below === '$batch') return { kind: 'batch' };
  const [, set, key] = /^(\w+)(?:\((.*)\))?(?:\/\$count)?$/s.exec(safelyDecoded(below)) ?? [];
  if (set?.toLowerCase() !== table.set) return { kind: 'web-api', name: below };
  const found = idIn.exec(key ?? '')?.[0].toLowerCase();
  if (key === undefined) return { kind: 'rows', query };
  return { kind: 'row', id: found ?? key, query };
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

/** Scheme and authority; empty for what is no absolute address. */
export function originOf(url: string): string {
  return /^(https?:\/\/[^/?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? '';
}
