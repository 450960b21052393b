import { defineDeviations } from '../deviation.ts';
import { editRows } from '../edit.ts';

export default defineDeviations({
  canceled: {
    summary: 'shows a finished operation as canceled once somebody tried to cancel it',
    alsoBreaks: {
      'access.unprivileged-monitor': 'a refused request of any kind changes it',
      'monitor.outputs-only-on-success': 'the outputs stay where it is shown as canceled',

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
  version: {
    summary: 'writes the row although it refuses to cancel',
    alsoBreaks: {
      'access.unprivileged-monitor': 'the same mistake is seen there as well',
      'access.unprivileged-row': 'the same mistake is seen there as well',
      'table.etag-conditional': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const tried = new Set<string>();
      return {
        answer: (answer, request, about) => {
          if (
            (about.resource === 'monitor-delete' || about.resource === 'row-patch') &&
            about.before?.state === 3
          )
            tried.add(about.before.id);
          return contract.answer(answer, request, about);
        },
        etag: (o) => contract.etag(tried.has(o.id) ? { ...o, version: o.version + 1 } : o),
      };
    },
  },
  error: {
    summary: 'forgets the error when somebody tries to cancel what has failed',
    narrow: true,
    behaviour: (contract) => {
      const tried = new Set<string>();
      return {
        answer: (answer, request, about) => {
          if (about.resource === 'monitor-delete' && about.before?.status === 31) tried.add(about.before.id);
          return contract.answer(answer, request, about);
        },
        monitor: (o, situation) =>
          contract.monitor(tried.has(o.id) ? { ...o, errorCode: undefined } : o, situation),
      };
    },
  },
  later: {
    summary: 'shows as canceled, an hour later, what somebody tried to cancel by PATCH after its end',
    narrow: true,
    behaviour: (contract) => {
      const tried = new Map<string, number>();
      return {
        answer: (answer, request, about) => {
          if (about.resource === 'row-patch' && about.before?.state === 3 && !tried.has(about.before.id))
            tried.set(about.before.id, about.now);
          return contract.answer(answer, request, about);
        },
        monitor: (o, situation) =>
          contract.monitor(
            (tried.get(o.id) ?? Infinity) + 3_600_000 < situation.now
              ? { ...o, status: 32, outputs: undefined }
              : o,
            situation,
          ),
      };
    },
  },
  outputs: {
    summary: 'empties outputparameters when somebody tries to cancel what has succeeded',
    alsoBreaks: {
      'access.unprivileged-row': 'the same mistake is seen there as well',
      'table.etag-conditional': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const tried = new Set<string>();
      return {
        answer: (answer, request, about) => {
          if (about.resource === 'row-patch' && about.before?.status === 30) tried.add(about.before.id);
          const given = contract.answer(answer, request, about);
          return about.resource === 'row-get' && tried.has(about.operation?.id ?? '')
            ? editRows(given, (row) => ('outputparameters' in row ? { ...row, outputparameters: null } : row))
            : given;
        },
      };
    },
  },
  modifiedon: {
    summary: 'moves modifiedon when somebody tries to cancel what has failed',
    narrow: true,
    behaviour: (contract) => {
      const tried = new Map<string, number>();
      return {
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          if (request.method === 'DELETE' && about.before?.status === 31)
            tried.set(about.before.id, about.now + 1_000);
          const at = tried.get(about.operation?.id ?? '');
          return about.resource === 'row-get' && at !== undefined
            ? editRows(given, (row) =>
                'modifiedon' in row ? { ...row, modifiedon: new Date(at).toISOString() } : row,
              )
            : given;
        },
      };
    },
  },
});
