import { copyButton } from './copy.ts';
import type { PageCheck, PageClause, PageData } from './data.ts';
import { commandFor, commandOfRun } from './command.ts';
import { append, h, proseNodes, type Child } from './dom.ts';
import { aboutView, again } from './clause-facts.ts';
import { codesLegend } from './codes.ts';
import { evidenceView } from './evidence-view.ts';
import { shortReason } from './short-reason.ts';
import { duration, outcomeWords, sentence, verdictWords } from './words.ts';

/** How many checks are drawn at once; the rest follows on request. */
const batch = 60;
/** How many of the checks that did not pass are open at first. */
const openAtFirst = 1;

/** The page of one clause: the requirement and what it means, the verdict, the checks with their evidence. */
export function clauseView(clause: PageClause, checks: readonly PageCheck[], data: PageData): Child[] {
  const words = verdictWords[clause.verdict];
  return [
    h(
      'p',
      { class: 'crumbs' },
      h('a', { href: '#duties' }, 'All requirements'),
      ' › ',
      sectionLink(clause, data),
      neighbours(clause, data),
    ),
    h(
      'p',
      { class: 'eyebrow' },
      h('code', {}, clause.id),
      copyButton('Copy link', () => linkTo(clause.id)),
    ),
    h('h1', { id: 'clause-title', tabindex: -1 }, proseNodes(sentence(clause.duty))),
    h(
      'div',
      { class: `judgement v-${clause.verdict}` },
      h(
        'p',
        { class: 'badge' },
        h('span', { class: 'mark', 'aria-hidden': 'true' }, words.symbol),
        words.word,
      ),
      h(
        'div',
        {},
        h('p', {}, words.meaning),
        clause.reason !== undefined &&
          h('p', { class: 'reason' }, h('bdi', {}, reasonNodes(shortReason(clause.reason), data))),
        legend(clause),
        deviation(clause),
      ),
    ),
    again(clause, data),
    aboutView(clause, data),
    h('h2', {}, clause.checks === 0 ? 'No check was run' : `Checks (${clause.checks})`),
    checkList(clause, checks, data),
  ];
}

function sectionLink({ section }: PageClause, data: PageData): Child {
  const title = data.sections.find(({ id }) => id === section)?.title ?? section;
  return h('a', { href: `#duties?section=${section}` }, title);
}

function neighbours({ id }: PageClause, { clauses }: PageData): Child {
  const index = clauses.findIndex((clause) => clause.id === id);
  const link = (to: PageClause | undefined, label: string): Child =>
    to !== undefined && h('a', { href: `#${to.id}`, title: to.id }, label);
  return h(
    'span',
    { class: 'neighbours' },
    link(clauses[index - 1], '← Previous'),
    link(clauses[index + 1], 'Next →'),
  );
}

function linkTo(id: string): string {
  return `${location.href.split('#', 1)[0] ?? ''}#${id}`;
}

/** The reason, with the clauses that it names as links. */
function reasonNodes(reason: string, { clauses }: PageData): Child[] {
  const ids = new Set(clauses.map(({ id }) => id));
  return reason
    .split(/([a-z]+(?:-[a-z]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*)/)
    .map((part) => (ids.has(part) ? h('a', { href: `#${part}` }, part) : part));
}

/** What the pairs of codes mean that the requirement and the reason speak of. */
function legend({ duty, reason = '' }: PageClause): Child {
  const meaning = codesLegend(`${duty} ${shortReason(reason)}`);
  return meaning !== undefined && h('p', { class: 'hint' }, `${meaning}.`);
}

function deviation({ knownDeviation }: PageClause): Child {
  return (
    knownDeviation !== undefined && h('p', {}, 'Listed as known, because: ', h('bdi', {}, knownDeviation))
  );
}

function checkList(clause: PageClause, checks: readonly PageCheck[], data: PageData): Child {
  const list = h('ol', { class: 'checks' });
  const sorted = inReadingOrder(checks, clause.reason);
  let shown = 0;
  const more = h('button', { type: 'button' });
  const showMore = (): void => {
    append(
      list,
      sorted
        .slice(shown, shown + batch)
        .map(({ check, index }, position) =>
          checkView(clause, check, index, data, shown + position < openAtFirst),
        ),
    );
    shown = Math.min(checks.length, shown + batch);
    more.hidden = shown >= checks.length;
    more.textContent = `Show ${Math.min(batch, checks.length - shown)} more of ${checks.length - shown}`;
  };
  more.addEventListener('click', showMore);
  list.addEventListener('show-all', () => {
    while (shown < checks.length) showMore();
  });
  showMore();
  return [list, more];
}

/**
 * What did not pass is read first: of that the check which the verdict quotes, so that the reader meets the
 * same values again, then what has the shortest story; else the suite's order stays.
 */
function inReadingOrder(checks: readonly PageCheck[], quoted = ''): { check: PageCheck; index: number }[] {
  const rank = ({ outcome, reason, branch = '' }: PageCheck): number => {
    if (outcome === 'passed') return 3;
    if (outcome !== 'failed') return 2;
    return reason !== undefined && quoted.includes(reason) && quoted.includes(branch) ? 0 : 1;
  };
  const length = ({ evidence, outcome }: PageCheck): number =>
    outcome === 'passed' ? 0 : (evidence?.length ?? 0);
  return checks
    .map((check, index) => ({ check, index }))
    .sort((a, b) => rank(a.check) - rank(b.check) || length(a.check) - length(b.check));
}

function checkView(
  clause: PageClause,
  check: PageCheck,
  index: number,
  data: PageData,
  early: boolean,
): HTMLElement {
  const words = outcomeWords[check.outcome];
  const id = `${clause.id}/check-${index + 1}`;
  const body = h('div', { class: 'body' });
  const details = h(
    'details',
    { class: check.outcome === 'passed' ? 'check' : 'check not-passed', id },
    h(
      'summary',
      {},
      h(
        'span',
        { class: `badge v-${words.looks}` },
        h('span', { class: 'mark', 'aria-hidden': 'true' }, words.symbol),
        words.word,
      ),
      h(
        'span',
        { class: 'title' },
        check.title,
        check.branch !== undefined &&
          !check.title.includes(check.branch) &&
          h('span', { class: 'branch' }, check.branch),
      ),
      h('span', { class: 'took' }, duration(check.durationMs)),
    ),
    body,
  );
  // Evidence is drawn when a check is opened, so that thousands of closed ones cost nothing.
  const fill = (): void => {
    if (body.childElementCount === 0) append(body, checkBody(check, id, data));
  };
  details.addEventListener('fill', fill);
  details.addEventListener('toggle', () => {
    if (details.open) fill();
  });
  if (check.outcome !== 'passed' && early) {
    fill();
    details.open = true;
  }
  return h('li', {}, details);
}

function checkBody(check: PageCheck, id: string, data: PageData): Child[] {
  const again = commandFor(id.split('/')[0] ?? id, commandOfRun(data), data.run.seed);
  // A mismatch says the same as the reason, and shows it better.
  const explained = check.evidence?.some(({ kind }) => kind === 'mismatch') === true;
  const place = check.line === undefined ? check.file : `${check.file}:${check.line}`;
  return [
    h(
      'p',
      { class: 'hint' },
      h('code', {}, place),
      ' ',
      copyButton('Copy link', () => linkTo(id)),
    ),
    check.reason !== undefined && !explained && h('p', { class: 'reason' }, h('bdi', {}, check.reason)),
    check.observed !== undefined &&
      check.observed.length > 0 &&
      h(
        'ul',
        { class: 'observed' },
        check.observed.map((one) => h('li', {}, h('bdi', {}, one))),
      ),
    check.evidence === undefined && check.evidenceFile === undefined
      ? h(
          'p',
          { class: 'hint' },
          check.outcome === 'passed'
            ? 'Evidence of checks that passed is kept when asked for (--evidence).'
            : 'There is no evidence.',
        )
      : evidenceView(check, data, id.replace('/', '-'), again),
  ];
}
