import { edit } from '../decision-edits.ts';
import type { Operation } from '../core/operation.ts';
import { defineDeviations } from '../deviation.ts';
import type { Situation } from '../situation.ts';

const many = 20;

/** Whether twenty others or more came to their end at the same instant. */
function inCrowd({ endTime }: Operation, { all }: Situation): boolean {
  let others = 0;
  for (const other of all()) if (endTime !== undefined && other.endTime === endTime) others += 1;
  return others > many;
}

export default defineDeviations({
  'callback-lost': {
    summary: 'loses callbacks where many operations end at once',
    behaviour: edit('deliveries', (due, _moment, operation, situation) =>
      inCrowd(operation, situation) ? due.filter((each) => each !== 'callback') : due,
    ),
  },
  'event-lost': {
    summary: 'loses events where many operations end at once',
    behaviour: edit('deliveries', (due, _moment, operation, situation) =>
      inCrowd(operation, situation) ? due.filter((each) => each !== 'webhook') : due,
    ),
  },
  'registration-lost': {
    summary: 'does not call callback registrations where many operations end at once',
    narrow: true,
    behaviour: edit('deliveries', (due, _moment, operation, situation) =>
      inCrowd(operation, situation) ? due.filter((each) => each !== 'registration') : due,
    ),
  },
});
