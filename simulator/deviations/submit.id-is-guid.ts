import { headers } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withHeader } from '../edit.ts';
import type { Situation } from '../situation.ts';

const guids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const numbersInPath = /(?<=[/(])\d+(?=\)?$)/;

const numbersInFilter = /(?<=backgroundoperationid(?:%20|\+)eq(?:%20|\+))\d+/g;

const bareGuids = /\b([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\b/gi;

const hyphenated = (text: string): string => text.replace(bareGuids, '$1-$2-$3-$4-$5');

function bare(text: string, { find }: Situation): string {
  return text.replace(guids, (guid) => (find(guid) === undefined ? guid : guid.replaceAll('-', '')));
}

export default defineDeviations({
  callback: {
    summary: 'writes the id in the header without hyphens where a callback was asked for',
    alsoBreaks: {
      'submit.id-matches-location': 'the id in the header is written in another way than in Location',
    },
    behaviour: edit('answer', (answer, _request, about) => {
      const { operation } = about;
      if (answer.status !== 202 || operation?.callbackUrl === undefined) return answer;
      return withHeader(answer, headers.operationId, operation.id.replaceAll('-', ''));
    }),
  },
  number: {
    summary: 'numbers its operations, and shows the number for the id',
    alsoBreaks: {
      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'sdk.cancel-terminal': 'the same operation, canceled through the organization service',
      'sdk.execute-form': 'the same operation, canceled through the organization service',
      'sdk.outputs': 'the same operation, seen through the organization service',
      'sdk.retrieve': 'the same operation, seen through the organization service',
      'sdk.same-operation': 'the same operation, seen through the organization service',
      'table.filter': 'a row is found by a value that the contract does not give it',
      'table.column-types': 'the value is out of the column’s range or of another type',
    },
    behaviour: (contract) => {
      const ids: string[] = [];
      const numbers = new Map<string, number>();
      const id = (number: string): string => ids[Number(number)] ?? number;
      const numbered = (text: string): string =>
        text.replace(guids, (guid) => String(numbers.get(guid) ?? guid));
      return {
        newId: (situation) => {
          const guid = contract.newId(situation);
          numbers.set(guid, ids.push(guid) - 1);
          return guid;
        },
        request: (request, situation) => {
          const read = contract.request(request, situation);
          const path = read.path.replace(numbersInPath, id);
          return { ...read, path, query: read.query.replace(numbersInFilter, id) };
        },
        answer: (answer, request, about) => {
          const { status, headers, body } = contract.answer(answer, request, about);
          return {
            status,
            headers: headers.map(([name, value]) => [name, numbered(value)]),
            body: body === undefined ? undefined : numbered(body),
          };
        },
        outbound: (request, about) =>
          contract.outbound(request, about).map((each) => ({ ...each, body: numbered(each.body) })),
      };
    },
  },
  'without-hyphens': {
    summary: 'writes the id without hyphens wherever it shows it',
    alsoBreaks: {
      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'sdk.cancel-terminal': 'the same operation, canceled through the organization service',
      'sdk.execute-form': 'the same operation, canceled through the organization service',
      'sdk.outputs': 'the same operation, seen through the organization service',
      'sdk.retrieve': 'the same operation, seen through the organization service',
      'sdk.same-operation': 'the same operation, seen through the organization service',
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
  },
});
