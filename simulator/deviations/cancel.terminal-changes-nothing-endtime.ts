import { defineDeviation } from '../deviation.ts';
import { editRows } from '../edit.ts';

export default defineDeviation({
  name: 'cancel.terminal-changes-nothing-endtime',
  breaks: 'cancel.terminal-changes-nothing',
  summary: 'moves the end time of a finished operation when somebody tries to cancel it',
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
});
