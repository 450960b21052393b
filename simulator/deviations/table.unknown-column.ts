import { table } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviations({
  'passed-over': {
    summary: 'passes over unknown columns in $select, and gives all where no other is chosen',
    behaviour: (contract) => {
      const known = new Set<string>();
      return {
        columns: (choices, keyValues) => {
          const columns = contract.columns(choices, keyValues);
          for (const { name } of columns) known.add(name);
          return columns;
        },
        request: (request, situation) => {
          const read = contract.request(request, situation);
          if (!read.path.includes(`/${table.set}`)) return read;
          return editQuery(read, '$select', (list) => {
            const left = list.split(',').filter((name) => known.has(name.trim()));
            return left.length === 0 ? undefined : left.join(',');
          });
        },
      };
    },
  },
  'any-letters': {
    summary: 'knows columns in $select by their name in any letters',
    narrow: true,
    behaviour: edit('request', (request) =>
      request.path.includes(`/${table.set}`)
        ? editQuery(request, '$select', (list) => list.toLowerCase())
        : request,
    ),
  },
});
