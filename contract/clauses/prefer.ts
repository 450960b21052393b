import { defineSection } from '../clause.ts';

/** prefer — how the preference is read (RFC 7240, OData 8.2.8). */
export const prefer = defineSection({
  id: 'prefer',
  title: 'how the preference is read (RFC 7240, OData 8.2.8)',
  source: { document: 'article', anchor: 'request-asynchronous-processing' },
  clauses: {
    'prefer.case-insensitive': {
      level: 'MUST',
      basis: 'derived',
      duty: 'preference names and parameter names match without regard to case',
      needs: ['probe'],
    },
    'prefer.any-position': {
      level: 'MUST',
      basis: 'derived',
      duty: '`respond-async` is found wherever it stands in the list, and beside other preferences',
      needs: ['probe'],
    },
    'prefer.whitespace': {
      level: 'MUST',
      basis: 'derived',
      duty: 'optional white space around commas, semicolons and `=` changes nothing (a widely used client sends `respond-async,odata.callback;url="…"`)',
      needs: ['probe', 'callback'],
    },
    'prefer.several-fields': {
      level: 'MUST',
      basis: 'derived',
      duty: 'several `Prefer` fields mean the same as one list',
      needs: ['probe'],
    },
    'prefer.unknown-ignored': {
      level: 'MUST',
      basis: 'derived',
      duty: 'unknown preferences and parameters are ignored',
      needs: ['probe'],
    },
    'prefer.quoted-url': {
      level: 'MUST',
      basis: 'derived',
      duty: 'a quoted `url` may hold `,` `;` `=` and is kept whole',
      needs: ['probe', 'callback'],
    },
    'prefer.callback-alone': {
      level: 'SHOULD',
      basis: 'derived',
      duty: '`odata.callback` without `respond-async` runs synchronously, and no callback comes',
      needs: ['probe', 'callback'],
    },
    'prefer.plain-callback': {
      level: 'MAY',
      basis: 'derived',
      duty: "whether `callback; url=` (OData 4.01's name, in drafts V1-V4) also works",
      needs: ['probe', 'callback'],
    },
  },
});
