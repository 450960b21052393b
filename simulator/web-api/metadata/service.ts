import type { Call, Handled } from '../call.ts';
import { odataAnswer, refused } from '../call.ts';
import { errors } from '../errors.ts';
import { csdlOf } from './csdl.ts';
import { tablesOf } from './table-facts.ts';

/** `GET /api/data/v9.2/`: the entity sets that there are. */
export function serviceDocument(call: Call): Handled {
  const { method } = call.request;
  if (method !== 'GET') return refused('other', errors.noMethod(method, 'GET'));
  const value = tablesOf(call.world).map(({ set }) => ({ name: set, kind: 'EntitySet', url: set }));
  return { answer: odataAnswer({ '@odata.context': `${call.root}$metadata`, value }), resource: 'other' };
}

/** `GET $metadata`: CSDL as XML, whatever `Accept` says. Annotations that a client asks for there are none of. */
export function metadataDocument(call: Call): Handled {
  const { method } = call.request;
  if (method !== 'GET') return refused('other', errors.noMethod(method, 'GET'));
  const headers = [
    ['Content-Type', 'application/xml'],
    ['OData-Version', '4.0'],
  ] as const;
  return { answer: { status: 200, headers, body: csdlOf(call.world) }, resource: 'other' };
}
