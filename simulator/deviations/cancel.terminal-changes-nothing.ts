import { defineDeviations } from '../deviation.ts';
import { editRows } from '../edit.ts';

export default defineDeviations({
  canceled: {
    summary: 'shows a finished operation as canceled once somebody tried to cancel it',
    alsoBreaks: {
      'access.unprivileged-monitor': 'a refused request of any kind changes it',

      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'cancel.race': 'of a race the canceled side is seen with the wrong end',
      'state.terminal-is-final': 'its end turns into another one',
    },
    behaviour: (contract) => {
      const tried = new Set<string>();
      return {
        answer: (answer, request, about) => {
          if (about.resource === 'monitor-delete' && about.before?.state === 3) tried.add(about.before.id);
          return contract.answer(answer, request, about);
        },
        monitor: (operation, situation) =>
          contract.monitor(tried.has(operation.id) ? { ...operation, status: 32 } : operation, situation),
      };
    },
  },
  endtime: {
    summary: 'moves the end time of a finished operation when somebody tries to cancel it',
    alsoBreaks: {
      'access.unprivileged-monitor': 'a refused request of any kind changes it',
      'access.unprivileged-row': 'a refused request of any kind changes it',
      'table.etag-conditional': 'a refused request of any kind changes it',
    },
    behaviour: (contract) => {
      const tried = new Map<string, number>();
      return {
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          const { before, resource, now } = about;
          if ((resource === 'monitor-delete' || resource === 'row-patch') && before?.state === 3)
            tried.set(before.id, now + 60_000);
          if (resource !== 'row-get') return given;
          return editRows(given, (row) => {
            const at = tried.get(String(row.backgroundoperationid).toLowerCase());
            return at === undefined || !('endtime' in row)
              ? row
              : { ...row, endtime: new Date(at).toISOString() };
          });
        },
      };
    },
  },
});
