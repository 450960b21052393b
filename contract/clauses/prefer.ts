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
      why: 'Preference names are case-insensitive; libraries and proxies write them in different ways.',
      source: {
        document: 'rfc7240',
        anchor: 'section-2',
        note: 'Names of preferences and parameters are case-insensitive.',
      },
    },
    'prefer.any-position': {
      level: 'MUST',
      basis: 'derived',
      duty: '`respond-async` works at any position in the list, and beside other preferences',
      needs: ['probe'],
      why: 'Clients combine preferences, for example with annotations; the order must not matter.',
      source: {
        document: 'rfc7240',
        anchor: 'section-2',
        note: 'Prefer is a list; the order of different preferences has no meaning.',
      },
    },
    'prefer.whitespace': {
      level: 'MUST',
      basis: 'derived',
      duty: 'optional white space around commas, semicolons and `=` changes nothing (a widely used client sends `respond-async,odata.callback;url="…"`)',
      needs: ['probe', 'callback'],
      why: 'A widely used client library writes the list without any space; others put one after every separator.',
      source: {
        document: 'rfc7240',
        anchor: 'section-2',
        note: 'The grammar allows optional white space around the separators.',
      },
    },
    'prefer.several-fields': {
      level: 'MUST',
      basis: 'derived',
      duty: 'several `Prefer` fields mean the same as one list',
      needs: ['probe'],
      why: 'HTTP libraries may send each preference as a field of its own; proxies may join them.',
      source: {
        document: 'rfc7240',
        anchor: 'section-2',
        note: 'Several fields are equivalent to one with the values joined by commas.',
      },
    },
    'prefer.unknown-ignored': {
      level: 'MUST',
      basis: 'derived',
      duty: 'unknown preferences and parameters are ignored',
      needs: ['probe'],
      why: 'A preference is a wish. A server that refuses those it does not know breaks with every new client.',
      source: {
        document: 'rfc7240',
        anchor: 'section-2',
        note: 'A preference or parameter that is not recognized is ignored.',
      },
    },
    'prefer.quoted-url': {
      level: 'MUST',
      basis: 'derived',
      duty: 'a quoted `url` may hold `,` `;` `=` and is kept whole',
      needs: ['probe', 'callback'],
      why: 'Signed addresses hold commas, semicolons and equals signs; cut at one of them, the callback goes nowhere.',
      source: {
        document: 'rfc7240',
        anchor: 'section-2',
        note: 'A value may be a quoted string, in which separators are ordinary characters.',
      },
    },
    'prefer.callback-alone': {
      level: 'SHOULD',
      basis: 'derived',
      duty: '`odata.callback` without `respond-async` runs synchronously, and no callback comes',
      needs: ['probe', 'callback'],
      why: 'Without respond-async there is no operation, so there is nothing to report.',
      source: {
        document: 'odata',
        anchor: 'sec_Preferencecallbackodatacallback',
        note: 'A callback announces the end of an asynchronous request; without one there is nothing to announce.',
      },
    },
    'prefer.plain-callback': {
      level: 'MAY',
      basis: 'derived',
      duty: "whether `callback; url=` (OData 4.01's name, also in drafts of the article) works as well",
      needs: ['probe', 'callback'],
      why: 'Clients written to OData 4.01 use the name without its prefix.',
      source: {
        document: 'odata',
        anchor: 'sec_Preferencecallbackodatacallback',
        note: 'In 4.01 the preference is named callback; 4.0 has odata.callback.',
      },
    },
  },
});
