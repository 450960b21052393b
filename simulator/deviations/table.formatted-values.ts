import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editRows, withoutMembers } from '../edit.ts';

export default defineDeviations({
  'own-words': {
    summary: 'uses labels of its own',
    alsoBreaks: { 'sdk.retrieve': 'the same operation, seen through the organization service' },
    behaviour: edit('columns', (columns) =>
      columns.map((column) =>
        column.labels === undefined ? column : { ...column, labels: { ...column.labels, 0: 'Queued' } },
      ),
    ),
  },
  'status-only': {
    summary: 'gives the label of the status, but none of the state',
    behaviour: edit('answer', (answer, _request, about) => {
      if (about.resource !== 'row-get' && about.resource !== 'rows-get') return answer;
      return editRows(answer, (row) =>
        Object.fromEntries(
          Object.entries(row).filter(([name]) => !name.startsWith('backgroundoperationstatecode@')),
        ),
      );
    }),
  },
  canceled: {
    summary: 'has no label for a canceled operation',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.operation?.status === 32 && about.resource === 'row-get'
        ? editRows(answer, (row) =>
            withoutMembers(row, 'backgroundoperationstatuscode@OData.Community.Display.V1.FormattedValue'),
          )
        : answer,
    ),
  },
  list: {
    summary: 'gives labels for a single row only',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'rows-get'
        ? editRows(answer, (row) =>
            Object.fromEntries(Object.entries(row).filter(([name]) => !name.includes('FormattedValue'))),
          )
        : answer,
    ),
  },
  all: {
    summary: 'gives no labels of a row where all annotations are asked for',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'row-get' && request.prefer.some((field) => field.includes('annotations="*"'))
        ? editRows(answer, (row) =>
            Object.fromEntries(Object.entries(row).filter(([name]) => !name.includes('FormattedValue'))),
          )
        : answer,
    ),
  },
  canceling: {
    summary: 'labels a canceled operation that runs as in progress',
    narrow: true,
    behaviour: edit('columns', (columns) =>
      columns.map((column) =>
        column.name === 'backgroundoperationstatuscode'
          ? { ...column, labels: { ...column.labels, 22: 'In Progress' } }
          : column,
      ),
    ),
  },
  'next-page': {
    summary: 'gives labels on the first page only',
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'rows-get' && request.query.includes('skiptoken')
        ? editRows(answer, (row) =>
            Object.fromEntries(Object.entries(row).filter(([name]) => !name.includes('FormattedValue'))),
          )
        : answer,
    ),
  },
  kept: {
    summary: 'keeps the label of the status that a row was first read with',
    narrow: true,
    behaviour: (contract) => {
      const first = new Map<string, unknown>();
      const name = 'backgroundoperationstatuscode@OData.Community.Display.V1.FormattedValue';
      return {
        answer: (answer, request, about) =>
          editRows(contract.answer(answer, request, about), (row) => {
            const id = row['backgroundoperationid'];
            if (typeof id !== 'string' || row[name] === undefined) return row;
            if (!first.has(id)) first.set(id, row[name]);
            return { ...row, [name]: first.get(id) } as typeof row;
          }),
      };
    },
  },
  'one-name': {
    summary: 'takes a list of annotations for the name of one',
    narrow: true,
    behaviour: edit('request', (request) =>
      request.prefer.some((field) => /include-annotations="[^"]*,/.test(field))
        ? { ...request, prefer: [] }
        : request,
    ),
  },
});
