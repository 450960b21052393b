import { defineDeviation } from '../deviation.ts';
import type { Situation } from '../situation.ts';

const guids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const bareGuids = /\b([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\b/gi;

const hyphenated = (text: string): string => text.replace(bareGuids, '$1-$2-$3-$4-$5');

function bare(text: string, { find }: Situation): string {
  return text.replace(guids, (guid) => (find(guid) === undefined ? guid : guid.replaceAll('-', '')));
}

export default defineDeviation({
  name: 'submit.id-is-guid-without-hyphens',
  breaks: 'submit.id-is-guid',
  summary: 'writes the id without hyphens wherever it shows it',
  alsoBreaks: {
    'table.paging': 'the pages do not have the rows that they should',
    'table.order-top-count': 'rows stand where the contract’s values would not put them',
    'table.filter': 'a row is found by a value that the contract does not give it',
    'table.column-types': 'the value is out of the column’s range or of another type',
  },
  behaviour: (contract) => ({
    request: (request, situation) => {
      const read = contract.request(request, situation);
      return { ...read, path: hyphenated(read.path), query: hyphenated(read.query) };
    },
    answer: (answer, request, about) => {
      const { status, headers, body } = contract.answer(answer, request, about);
      return {
        status,
        headers: headers.map(([name, value]) => [name, bare(value, about)]),
        body: body === undefined ? undefined : bare(body, about),
      };
    },
    outbound: (request, about) =>
      contract.outbound(request, about).map((each) => ({ ...each, body: bare(each.body, about) })),
  }),
});
