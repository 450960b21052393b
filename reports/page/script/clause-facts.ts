import { commandFor, commandOfRun } from './command.ts';
import { copyButton } from './copy.ts';
import type { CaughtIn } from '../../../record/caught-in.ts';
import type { PageClause, PageData } from './data.ts';
import { h, type Child } from './dom.ts';
import { basisWords, count, levelWords } from './words.ts';

/**
 * What the requirement means and rests on. On the page of a requirement that is broken it is folded, for there the checks
 * are what the reader came for.
 */
export function aboutView(clause: PageClause, { run }: PageData): Child {
  const { level, basis, why, verdict } = clause;
  const list = factList(clause, run.clock === 'real');
  const reason = why !== undefined && h('p', { class: 'why' }, h('span', {}, 'Why it matters'), ' ', why);
  if (verdict === 'passed' || verdict === 'observed' || verdict === 'not-tested') return [reason, list];
  return [
    reason,
    h(
      'details',
      { class: 'more folded' },
      h('summary', {}, `${level}, ${basis}: level, basis, source, and how sure the check is`),
      list,
    ),
  ];
}

function factList(
  { level, basis, source, needs, provenBy = [], caughtIn }: PageClause,
  inRealTime: boolean,
): HTMLElement {
  const facts: [string, Child][] = [
    ['Level', [h('b', {}, level), ' ', levelWords[level].meaning]],
    ['Basis', [h('b', {}, basis), ' ', basisWords[basis]]],
    [
      'Source',
      [
        h('a', { href: source.url, rel: 'noreferrer' }, source.title),
        source.note !== undefined && ` — ${source.note}`,
      ],
    ],
    ...(needs === undefined
      ? []
      : [
          ['Needs', [`${needs}. `, h('a', { href: '#words' }, 'What these words mean')]] satisfies [
            string,
            Child,
          ],
        ]),
    ['Check proven', adequacy(provenBy, inRealTime)],
    ...(caughtIn === undefined ? [] : [['Caught in', situations(caughtIn)] satisfies [string, Child]]),
  ];
  return h(
    'dl',
    { class: 'about' },
    facts.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
  );
}

function adequacy(provenBy: readonly string[], inRealTime: boolean): Child {
  if (provenBy.length === 0)
    return 'This report does not say whether the check caught a deliberately broken target.';
  const names = provenBy.map((name, index) => [index > 0 && ', ', h('code', {}, name)]);
  return [
    `It caught ${count(provenBy.length, 'deliberately broken target')}: `,
    names,
    '.',
    inRealTime && ' That was with a virtual clock; in real time, as here, some of its checks catch less.',
  ];
}

const factorNames = {
  attempt: 'attempt',
  ending: 'its end',
  cancellation: 'canceled',
  notification: 'told at the end',
  load: 'load',
} as const satisfies Record<keyof CaughtIn, string>;

/** What kinds of situations those were: what does not stand here nobody has tried with a broken target. */
function situations(caughtIn: CaughtIn): Child {
  const lines = (Object.keys(factorNames) as (keyof CaughtIn)[]).map((factor) =>
    h('li', {}, `${factorNames[factor]}: `, h('b', {}, caughtIn[factor].join(', '))),
  );
  return [
    h('ul', { class: 'caught-in' }, lines),
    'In other situations nobody has seen this check catch a broken target. Each line stands for itself: not every combination was tried.',
  ];
}

/** The command that repeats just this requirement. */
export function again({ id }: PageClause, data: PageData): Child {
  const command = commandFor(id, commandOfRun(data), data.run.seed);
  return h(
    'p',
    { class: 'copyable again' },
    h('span', {}, 'See it yourself'),
    h('code', {}, command),
    copyButton('Copy', () => command),
  );
}
