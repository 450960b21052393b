import type { Capabilities } from '../../harness/capabilities.ts';
import {
  byOtherNames,
  column,
  countOfRows as count,
  headOfMonitor,
  headOfRow,
  needsTable,
  optional,
  sendAs,
  single,
  type Harmless,
  type HarmlessAnswer,
} from './harmless-request.ts';

/** A token with the case of its letters turned; another one where it has none. */
function turned(known: string): string {
  const [scheme = '', ...token] = known.split(' ');
  const other = token
    .join(' ')
    .replaceAll(/[a-z]/gi, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    );
  return other === token.join(' ') ? 'Bearer bgop-no-such-token' : `${scheme} ${other}`;
}

/** The ways of being nobody: the value of `Authorization`, made from the initiator's. */
const strangers: Readonly<
  Record<string, { readonly from: (known: string) => string; readonly malformed?: true }>
> = {
  'with another scheme': { from: (known) => known.replace(/^\S+/, 'Basic') },
  'with an unknown token': { from: () => 'Bearer bgop-no-such-token' },
  'with a cut token': { from: (known) => known.slice(0, -3) },
  'with a longer token': { from: (known) => `${known}Aa` },
  'with a token in other letters': { from: turned },
  'with an empty token': { from: () => 'Bearer ', malformed: true },
};

const requestNames = [
  'DELETE of the monitor',
  'GET of the monitor',
  'PATCH of the row',
  'GET of the row',
  column,
  count,
  'GET of the list of rows',
  'POST of the custom API',
];
const heads = [headOfMonitor, headOfRow];

/** Requests of people who are nobody, or who lack the privileges. */
export function byStrangers(): Harmless[] {
  const offers =
    (name: string, who: 'authenticates' | 'unprivileged') =>
    (capabilities: Capabilities): boolean =>
      capabilities[who] && (!needsTable(name) || capabilities.table);
  const nobody = [...requestNames, ...heads, ...byOtherNames].map((name): Harmless => ({
    ...single(
      `${name} without a token`,
      (tools, operation) => sendAs(tools, 'anonymous', operation, name),
      (status) => status === 401 || (optional.has(name) && status >= 400),
    ),
    everywhere: !name.startsWith('POST') && !optional.has(name),
    clause: 'access.anonymous',
    offered: offers(name, 'authenticates'),
  }));
  const others = requestNames.map((name): Harmless => ({
    what: `${name} by strangers of all kinds`,
    everywhere: false,
    clause: 'access.anonymous',
    offered: offers(name, 'authenticates'),
    send: async (tools, operation) => {
      const known = (await tools.target.authorization('initiator')) ?? 'Bearer none';
      const sent: HarmlessAnswer[] = [];
      for (const [how, { from, malformed }] of Object.entries(strangers)) {
        const answer = await sendAs(tools, 'anonymous', operation, name, from(known));
        // A header that is no credential at all may be called a bad request.
        const refused =
          answer.status === 401 ||
          (malformed === true && answer.status === 400) ||
          (optional.has(name) && answer.status >= 400);
        sent.push({ what: `${name} ${how}`, answer, refused });
      }
      return sent;
    },
  }));
  const unprivileged = [...requestNames.slice(0, 5), ...heads, ...byOtherNames].map((name): Harmless => ({
    ...single(
      `${name} without the privileges`,
      (tools, operation) => sendAs(tools, 'unprivileged', operation, name),
      (status) => status >= 400,
    ),
    everywhere: !heads.includes(name) && !byOtherNames.includes(name),
    ...(optional.has(name) ? {} : { lacksPrivileges: true as const }),
    clause: name.includes('monitor') ? 'access.unprivileged-monitor' : 'access.unprivileged-row',
    offered: offers(name, 'unprivileged'),
  }));
  const counting: Harmless = {
    what: `${count} without the privileges`,
    everywhere: false,
    clause: 'access.unprivileged-row',
    offered: offers(count, 'unprivileged'),
    send: async (tools, operation) => {
      const answer = await sendAs(tools, 'unprivileged', operation, count);
      // Who is shown no rows may count none.
      const refused = answer.status >= 400 || answer.body.trim().replace('\ufeff', '') === '0';
      return [{ what: `${count} without the privileges`, answer, refused }];
    },
  };
  return [...nobody, ...others, ...unprivileged, counting];
}
