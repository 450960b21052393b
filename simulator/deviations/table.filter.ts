import { table } from '../../contract/vocabulary.ts';
import { edit, editOption, editColumns } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson, editQuery, withJson } from '../edit.ts';

/** A time with more than three digits behind the point. */
const ticks = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{4,})Z/g;

export default defineDeviations({
  'and-as-or': {
    summary: 'reads and as or',
    behaviour: editOption('$filter', (filter) => filter.replaceAll(/ and /g, ' or ')),
  },
  'ge-as-gt': {
    summary: 'reads ge as gt',
    behaviour: editOption('$filter', (filter) => filter.replaceAll(/ ge /g, ' gt ')),
  },
  ignored: {
    summary: 'ignores $filter',
    alsoBreaks: {
      'table.paging': 'the pages do not have the rows that they should',
      'table.order-top-count': 'rows stand where the contract’s values would not put them',
    },
    behaviour: edit('request', (request) =>
      editQuery(request, '$filter', (filter) =>
        request.path.endsWith('/backgroundoperations') ? undefined : filter,
      ),
    ),
  },
  'lt-as-le': {
    summary: 'reads lt as le',
    behaviour: editOption('$filter', (filter) => filter.replaceAll(/ lt /g, ' le ')),
  },
  'ne-as-eq': {
    summary: 'reads ne as eq',
    behaviour: editOption('$filter', (filter) => filter.replaceAll(/ ne /g, ' eq ')),
  },
  'no-brackets': {
    summary: 'overlooks brackets',
    behaviour: editOption('$filter', (filter) =>
      filter.includes('not') ? filter : filter.replaceAll(/[()]/g, ' '),
    ),
  },
  'not-ignored': {
    summary: 'overlooks not',
    behaviour: editOption('$filter', (filter) => filter.replaceAll(/\bnot\s*\(/g, '(')),
  },
  'or-as-and': {
    summary: 'reads or as and',
    alsoBreaks: {
      'table.paging': 'the pages do not have the rows that they should',
      'table.order-top-count': 'rows stand where the contract’s values would not put them',
    },
    behaviour: editOption('$filter', (filter) => filter.replace(/ or (?=(?:[^']*'[^']*')*[^']*$)/g, ' and ')),
  },
  'or-first': {
    summary: 'lets or bind before and',
    behaviour: editOption('$filter', (filter) =>
      /[()]/.test(filter)
        ? filter
        : filter
            .split(' and ')
            .map((part) => `(${part})`)
            .join(' and '),
    ),
  },
  ticks: {
    summary: 'takes a fraction of a second for milliseconds, however many digits it has',
    behaviour: editOption('$filter', (filter) =>
      filter.replace(ticks, (_time, second: string, digits: string) =>
        new Date(Date.parse(`${second}Z`) + Number(digits)).toISOString(),
      ),
    ),
  },
  truncated: {
    summary: 'returns at most three rows',
    alsoBreaks: {
      'table.paging': 'the pages do not have the rows that they should',
      'table.order-top-count': 'rows stand where the contract’s values would not put them',
    },
    behaviour: edit('answer', (answer, request, about) => {
      if (about.resource !== 'rows-get') return answer;
      return editJson(answer, (json) =>
        Array.isArray(json.value) && request.query.includes('filter')
          ? { ...json, value: json.value.slice(0, 3) }
          : json,
      );
    }),
  },
  joined: {
    summary: 'returns a row once for each of its attempts',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) => {
      if (about.resource !== 'rows-get' || !request.query.includes('filter')) return answer;
      return editJson(answer, (json) => {
        if (!Array.isArray(json.value)) return json;
        const rows = json.value as Record<string, unknown>[];
        const attemptsOf = (row: Record<string, unknown>): number =>
          about.find(String(row[table.key]))?.attempts ?? 1;
        return {
          ...json,
          value: rows.flatMap((row) => Array.from({ length: Math.max(1, attemptsOf(row)) }, () => row)),
        };
      });
    }),
  },
  awaiting: {
    summary: 'leaves rows out of lists while a retry is awaited',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) => {
      if (about.resource !== 'rows-get' || !request.query.includes('filter')) return answer;
      const isAwaiting = (row: Record<string, unknown>): boolean => {
        const o = about.find(String(row[table.key]));
        return o !== undefined && o.attempts > 0 && o.state !== 3 && !o.executing;
      };
      return editJson(answer, (json) =>
        Array.isArray(json.value)
          ? { ...json, value: (json.value as Record<string, unknown>[]).filter((row) => !isAwaiting(row)) }
          : json,
      );
    }),
  },
  zone: {
    summary: 'takes every offset of a time for one east of Greenwich',
    behaviour: editOption('$filter', (filter) => filter.replace(/(T\d\d:\d\d:\d\d)-(\d\d:\d\d)/g, '$1+$2')),
  },
  seconds: {
    summary: 'compares times by whole seconds, and shows milliseconds',
    narrow: true,
    choices: { dates: 'milliseconds' },
    behaviour: editColumns(['createdon'], (column) => ({
      read: (o) => Math.floor(Number(column.read(o)) / 1_000) * 1_000,
      show: (o) => column.show?.(o) ?? null,
    })),
  },
  'null-eq': {
    summary: 'finds nothing by a comparison with null',
    narrow: true,
    behaviour: editOption('$filter', (filter) =>
      filter.replaceAll(/(\w+) eq null/g, '($1 eq 12345 and $1 eq 54321)'),
    ),
  },
  'null-ne': {
    summary: 'finds all rows by ne null',
    narrow: true,
    behaviour: editOption('$filter', (filter) =>
      filter.replaceAll(/(\w+) ne null/g, "(name ne 'no such name')"),
    ),
  },
  'null-zero': {
    summary: 'takes null for zero in comparisons',
    narrow: true,
    behaviour: editColumns(['errorcode'], (column) => ({
      read: (o) => column.read(o) ?? 0,
      show: (o) => column.read(o),
    })),
  },
  'capital-ids': {
    summary: 'does not find an id that is written in capital letters',
    narrow: true,
    behaviour: editOption('$filter', (filter) =>
      filter.replaceAll(/[0-9A-F]{8}-[0-9A-F-]{27}/g, (id) =>
        /[A-F]/.test(id) ? '00000000-0000-4000-8000-000000000000' : id,
      ),
    ),
  },
  running: {
    summary: 'filters by the state at the start while an operation is canceled',
    narrow: true,
    behaviour: editColumns(['backgroundoperationstatuscode'], (column) => ({
      read: (o) => (o.status === 22 ? 20 : column.read(o)),
      show: (o) => column.read(o),
    })),
  },
  'null-date': {
    summary: 'finds rows without an end by endtime lt',
    narrow: true,
    behaviour: editColumns(['endtime'], (column) => ({
      read: (o) => column.read(o) ?? 0,
      show: (o) => (o.endTime === undefined ? null : (column.show?.(o) ?? null)),
    })),
  },
  'one-element': {
    summary: 'finds nothing by In with one value',
    narrow: true,
    behaviour: editOption('$filter', (filter) =>
      filter.replaceAll(
        /Microsoft\.Dynamics\.CRM\.In\(PropertyName='(\w+)',PropertyValues=\[\s*("[^"]*")\s*\]\)/g,
        "Microsoft.Dynamics.CRM.In(PropertyName='$1',PropertyValues=[$2,$2]) and name eq 'no such name'",
      ),
    ),
  },
  'name-case': {
    summary: 'regards case in comparisons of names',
    narrow: true,
    behaviour: editOption('$filter', (filter) =>
      filter.replaceAll(/name eq '([^']*)'/g, (whole, name: string) =>
        name === 'bgop_Probe' || name.toLowerCase() !== 'bgop_probe' ? whole : "name eq 'no such name'",
      ),
    ),
  },
  quotes: {
    summary: 'ends a text in a filter at the first of two apostrophes',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'rows-get' && /(?:''|%27%27)\w/i.test(request.query)
        ? withJson(answer, 400, { error: { code: '0x0', message: 'There is an unterminated literal.' } })
        : answer,
    ),
  },
  'status-text': {
    summary: 'compares the status as text',
    narrow: true,
    behaviour: editOption('$filter', (filter) =>
      filter.replaceAll(
        /backgroundoperationstatuscode (gt|ge) ([3-9])\b/g,
        'backgroundoperationstatuscode $1 $20',
      ),
    ),
  },
  like: {
    summary: 'takes a percent sign in a comparison for any text',
    narrow: true,
    behaviour: editOption('$filter', (filter) =>
      filter.replaceAll(/(\w+) eq '([^'%]*)%'/g, "startswith($1,'$2')"),
    ),
  },
  'escaped-dollar': {
    summary: 'does not know $filter where its dollar sign is escaped',
    narrow: true,
    behaviour: edit('request', (request) => ({
      ...request,
      query: request.query
        .split('&')
        .filter((part) => !part.startsWith('%24filter='))
        .join('&'),
    })),
  },
  many: {
    summary: 'reads at most ten conditions',
    narrow: true,
    behaviour: editOption('$filter', (filter) =>
      filter
        .split(/(?= or backgroundoperationid eq )/)
        .slice(0, 10)
        .join(''),
    ),
  },
  spaces: {
    summary: 'refuses a filter with two spaces in a row',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'rows-get' && /filter=[^&]*(?:%20|\+){2}/.test(request.query)
        ? withJson(answer, 400, { error: { code: '0x80060888', message: 'Syntax error.' } })
        : answer,
    ),
  },
  'turned-round': {
    summary: 'turns a comparison round that has a number on its left, without turning its operator',
    narrow: true,
    behaviour: editOption('$filter', (filter) =>
      filter.replaceAll(/\b(\d+) (gt|ge|lt|le) ([a-z]+)/g, '$3 $2 $1'),
    ),
  },
});
