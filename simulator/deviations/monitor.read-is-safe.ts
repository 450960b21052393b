import { paths, table } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson, editRows } from '../edit.ts';

const cancelation = JSON.stringify({ [table.state]: 2, [table.status]: 22 });

export default defineDeviations({
  once: {
    summary: 'forgets the result once it was read',
    alsoBreaks: {
      'monitor.ok': 'the second reading of a result is answered 404',
      'submit.synchronous-without-preference': 'what an event tells of is known no more',
      'state.legal-history': 'no life of an operation loses its result so soon',
    },
    behaviour: (contract) => {
      const read = new Set<string>();
      return {
        answer: (answer, request, about) => {
          const kept = contract.answer(answer, request, about);
          const { resource, operation } = about;
          if (resource !== 'monitor-get' || operation?.state !== 3 || kept.status !== 200) return kept;
          if (!read.has(operation.id)) {
            read.add(operation.id);
            return kept;
          }
          return withJson(kept, 404, { error: { code: '', message: 'The result has been fetched.' } });
        },
      };
    },
  },
  'outputs-once': {
    summary: 'shows the outputs to the first reader only',
    alsoBreaks: {
      'monitor.outputs-on-success': 'the second reading shows no outputs',
      'retry.recovers': 'the second reading shows no outputs',
      'callback.receiver-down': 'what is compared there was read before',
    },
    behaviour: (contract) => {
      const read = new Set<string>();
      return {
        monitor: (operation, situation) => {
          if (read.has(operation.id))
            return contract.monitor({ ...operation, outputs: undefined }, situation);
          if (operation.outputs !== undefined) read.add(operation.id);
          return contract.monitor(operation, situation);
        },
      };
    },
  },
  'writes-row': {
    summary: 'writes the row with every reading of the monitor',
    behaviour: (contract) => {
      const reads = new Map<string, number>();
      return {
        monitor: (operation, situation) => {
          reads.set(operation.id, (reads.get(operation.id) ?? 0) + 1);
          return contract.monitor(operation, situation);
        },
        etag: (operation) =>
          contract.etag({ ...operation, version: operation.version + (reads.get(operation.id) ?? 0) }),
      };
    },
  },
  row: {
    summary: 'writes the row with every reading of it',
    narrow: true,
    alsoBreaks: {
      'state.terminal-is-final': 'every reading changes the row',
      'cancel.terminal-changes-nothing': 'every reading changes the row',
    },
    behaviour: (contract) => {
      const reads = new Map<string, number>();
      return {
        answer: (answer, request, about) => {
          if (about.resource === 'row-get' && about.operation !== undefined)
            reads.set(about.operation.id, (reads.get(about.operation.id) ?? 0) + 1);
          return contract.answer(answer, request, about);
        },
        etag: (o) => contract.etag({ ...o, version: o.version + (reads.get(o.id) ?? 0) }),
      };
    },
  },
  retry: {
    summary: 'makes a retry that was due later at once because somebody reads the monitor, as its codes show',
    narrow: true,
    behaviour: (contract) => {
      const read = new Set<string>();
      return {
        monitor: (o, situation) => {
          const shown = contract.monitor(o, situation);
          if (!o.executing && o.attempts > 0 && o.state !== 3) {
            if (read.has(o.id))
              return {
                ...shown,
                backgroundOperationStateCode: 2,
                backgroundOperationStatusCode: shown.backgroundOperationStatusCode === 22 ? 22 : 20,
              };
            read.add(o.id);
          }
          return shown;
        },
      };
    },
  },
  list: {
    summary: 'writes every row that a query lists',
    narrow: true,
    behaviour: (contract) => {
      const reads = new Map<string, number>();
      return {
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          return about.resource === 'rows-get'
            ? editRows(given, (row) => {
                const id = String(row.backgroundoperationid).toLowerCase();
                reads.set(id, (reads.get(id) ?? 0) + 1);
                return row;
              })
            : given;
        },
        etag: (o) => contract.etag({ ...o, version: o.version + (reads.get(o.id) ?? 0) }),
      };
    },
  },
  head: {
    summary: 'cancels by HEAD of the monitor, as by DELETE',
    narrow: true,
    behaviour: edit('request', (request) =>
      request.method === 'HEAD' && request.path.startsWith(paths.monitor)
        ? { ...request, method: 'DELETE' }
        : request,
    ),
  },
  'head-row': {
    summary: 'writes a row by HEAD, as by PATCH',
    narrow: true,
    behaviour: edit('request', (request) =>
      request.method === 'HEAD' && request.path.includes(`/${table.set}(`)
        ? { ...request, method: 'PATCH', headers: { ...request.headers, 'if-match': '*' }, body: cancelation }
        : request,
    ),
  },
});
