import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

/** A time with more than three digits behind the point. */
const ticks = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{4,})Z/g;

export default defineDeviation({
  name: 'table.filter-ticks',
  breaks: 'table.filter',
  summary: 'takes a fraction of a second for milliseconds, however many digits it has',
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$filter', (filter) =>
        filter.replace(ticks, (_time, second: string, digits: string) =>
          new Date(Date.parse(`${second}Z`) + Number(digits)).toISOString(),
        ),
      ),
  }),
});
