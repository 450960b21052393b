import { defineDeviation } from '../deviation.ts';

const guids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const numbersInPath = /(?<=[/(])\d+(?=\)?$)/;
const numbersInFilter = /(?<=backgroundoperationid(?:%20|\+)eq(?:%20|\+))\d+/g;

export default defineDeviation({
  name: 'submit.id-is-guid-number',
  breaks: 'submit.id-is-guid',
  summary: 'numbers its operations, and shows the number for the id',
  alsoBreaks: {
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
});
