import { defineSection } from '../clause.ts';

/** prefer — how the preference is read (RFC 7240, OData 8.2.8). */
export const prefer = defineSection({
  id: 'prefer',
  title: 'How the preference is read (RFC 7240, OData)',
  source: { document: 'article', anchor: 'request-asynchronous-processing' },
  clauses: {
    'prefer.case-insensitive': {
      level: 'MUST',
      basis: 'derived',
      duty: 'preference names and parameter names match without regard to case',
      needs: ['probe'],
      why: 'Preference names have no case; libraries and proxies write them as they like.',
      source: { document: 'rfc7240', anchor: 'section-2', note: 'the grammar of Prefer' },
    },
    'prefer.any-position': {
      level: 'MUST',
      basis: 'derived',
      duty: '`respond-async` is found wherever it stands in the list, and beside other preferences',
      needs: ['probe'],
      why: 'Clients combine preferences, for example with annotations; the order must not matter.',
      source: { document: 'rfc7240', anchor: 'section-2', note: 'the grammar of Prefer' },
    },
    'prefer.whitespace': {
      level: 'MUST',
      basis: 'derived',
      duty: 'optional white space around commas, semicolons and `=` changes nothing (a widely used client sends `respond-async,odata.callback;url="…"`)',
      needs: ['probe', 'callback'],
      why: 'A widely used client library writes the list without any space; others put one after every separator.',
      source: { document: 'rfc7240', anchor: 'section-2', note: 'the grammar of Prefer' },
    },
    'prefer.several-fields': {
      level: 'MUST',
      basis: 'derived',
      duty: 'several `Prefer` fields mean the same as one list',
      needs: ['probe'],
      why: 'HTTP libraries may send each preference as a field of its own; proxies may join them.',
      source: { document: 'rfc7240', anchor: 'section-2', note: 'the grammar of Prefer' },
    },
    'prefer.unknown-ignored': {
      level: 'MUST',
      basis: 'derived',
      duty: 'unknown preferences and parameters are ignored',
      needs: ['probe'],
      why: 'A preference is a wish. A server that refuses those it does not know breaks with every new client.',
      source: { document: 'rfc7240', anchor: 'section-2', note: 'the grammar of Prefer' },
    },
    'prefer.quoted-url': {
      level: 'MUST',
      basis: 'derived',
      duty: 'a quoted `url` may hold `,` `;` `=` and is kept whole',
      needs: ['probe', 'callback'],
      why: 'Signed addresses hold commas, semicolons and equals signs; cut at one of them, the callback goes nowhere.',
      source: { document: 'rfc7240', anchor: 'section-2', note: 'the grammar of Prefer' },
    },
    'prefer.callback-alone': {
      level: 'SHOULD',
      basis: 'derived',
      duty: '`odata.callback` without `respond-async` runs synchronously, and no callback comes',
      needs: ['probe', 'callback'],
      why: 'Without respond-async there is no operation whose end could be told.',
      source: { document: 'odata', note: '8.2.8 Header Prefer: callback belongs to an asynchronous request' },
    },
    'prefer.plain-callback': {
      level: 'MAY',
      basis: 'derived',
      duty: "whether `callback; url=` (OData 4.01's name, also in drafts of the article) works as well",
      needs: ['probe', 'callback'],
      why: 'Clients written to OData 4.01 use the name without its prefix.',
      source: { document: 'odata', note: '8.2.8 Header Prefer: callback, formerly odata.callback' },
    },
  },
});
