import type { Advanced, Counterexample, Evidence } from '../../../record/evidence.ts';
import { commandOfRun, replayCommand } from './command.ts';
import { copyButton, saveFile } from './copy.ts';
import type { PageCheck, PageData } from './data.ts';
import { append, h, type Child } from './dom.ts';
import { harOf } from './har.ts';
import { listenerWarning, textNamesListener } from './listener-gone.ts';
import { locateExchange, locateOperation } from './locate-exchange.ts';
import { exchangeView, receivedView, type Looks } from './message-view.ts';
import { mismatchView } from './mismatch-view.ts';
import { hasVirtualTime, timeOf } from './moments.ts';
import { operationOf } from './observe.ts';
import { timelinesOf } from './timeline-layout.ts';
import { drawTimeline } from './timeline.ts';
import { count, duration } from './words.ts';

/** What explains the outcome first, then the pictures, then what happened: to the operation that broke the requirement first. */
export function evidenceView(check: PageCheck, data: PageData, name: string, again: string): Child {
  const evidence = check.evidence ?? [];
  const broken = check.outcome !== 'passed';
  const shows = broken ? locateExchange(evidence) : undefined;
  const operation = broken ? locateOperation(evidence, shows) : undefined;
  return [
    evidence.filter((piece) => piece.kind === 'mismatch').map(mismatchView),
    broken && evidence.some(({ kind }) => kind === 'exchange') && jumpView(shows !== undefined),
    evidence
      .filter((piece) => piece.kind === 'counterexample')
      .map((piece) => counterexampleView(piece, data, again)),
    timelinesView(evidence, operation),
    storyView(evidence, { shows, operation, broken, again }, () =>
      saveFile(`${name}.har`, 'application/json', harOf(evidence, data.suite)),
    ),
    shortenedView(check),
  ];
}

interface Story {
  readonly shows: Evidence | undefined;
  readonly operation: string | undefined;
  readonly broken: boolean;
  readonly again: string;
}

/** Everything in the order in which it happened; what happened to other operations is folded behind it. */
function storyView(
  evidence: readonly Evidence[],
  { shows, operation, broken, again }: Story,
  saveHar: () => void,
): Child {
  const story = evidence.filter(
    ({ kind }) => kind !== 'mismatch' && kind !== 'counterexample' && kind !== 'history',
  );
  if (story.length === 0) return false;
  const marked = markedMembers(evidence);
  const virtual = hasVirtualTime(evidence);
  const isOther = (piece: Evidence): boolean => {
    const of = operationOf(piece);
    return operation !== undefined && of !== undefined && of !== operation;
  };
  const own = story.filter((piece) => !isOther(piece));
  const others = story.filter(isOther);
  // Times count from the first request of the operation that is told of.
  const told = others.length > 0 ? own.filter((piece) => operationOf(piece) !== undefined) : own;
  const started = told.map((piece) => timeOf(piece, virtual)).find((time) => time !== undefined);
  const last = own.findLast(({ kind }) => kind === 'exchange');
  const item = (piece: Evidence): Child => {
    const time = timeOf(piece, virtual);
    const at =
      time === undefined || started === undefined
        ? ''
        : `${time < started ? '−' : '+'}${duration(Math.abs(time - started))}`;
    const label =
      piece === shows
        ? 'it shows here'
        : broken && shows === undefined && piece === last
          ? 'the last answer'
          : '';
    const looks: Looks = { at, marked, open: label !== '', label, again };
    return h('li', {}, pieceView(piece, looks));
  };
  return h(
    'section',
    { class: 'story', 'aria-label': 'What happened' },
    h(
      'h3',
      {},
      h(
        'span',
        {},
        others.length > 0 ? `What happened to operation ${operation ?? ''}` : 'What happened',
        virtual && h('span', { class: 'hint' }, ' times on the target’s clock, which the suite moves'),
      ),
      story.some(({ kind }) => kind === 'exchange') && button('Save as HAR', saveHar),
    ),
    h(
      'ol',
      {},
      withMovesJoined(own).map((one) =>
        'kind' in one ? item(one) : h('li', {}, h('p', { class: 'moved' }, movedWords(one))),
      ),
    ),
    others.length > 0 &&
      folded(`Other operations of this check: ${count(others.length, 'entry', 'entries')}`, () => [
        h('ol', {}, others.map(item)),
      ]),
  );
}

/** The pieces, several moves of the clock with nothing between them as one. */
function withMovesJoined(pieces: readonly Evidence[]): (Evidence | readonly Advanced[])[] {
  const joined: (Evidence | Advanced[])[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.kind !== 'advanced') joined.push(piece);
    else if (Array.isArray(last)) last.push(piece);
    else joined.push([piece]);
  }
  return joined;
}

function movedWords(moves: readonly Advanced[]): string {
  const sum = moves.reduce((all, { milliseconds }) => all + milliseconds, 0);
  const times = moves.length === 1 ? '' : `${moves.length} times, `;
  return `The suite moved the clock ${times}by ${duration(sum)}${times === '' ? '' : ' in all'}, to ${moves.at(-1)?.now ?? ''}.`;
}

/** Something that is drawn when it is opened. */
function folded(summary: string, draw: () => Child): HTMLElement {
  const details = h('details', { class: 'more' }, h('summary', {}, summary));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) append(details, [draw()]);
  });
  return details;
}

/** A way to the exchange that shows the difference: between stands whatever else happened. */
function jumpView(certain: boolean): HTMLElement {
  const jump = button(certain ? 'Go to the exchange that shows it' : 'Go to the last answer', () => {
    const summary = jump.closest('.body')?.querySelector<HTMLElement>('.exchange:has(.here) > summary');
    summary?.scrollIntoView({ block: 'start' });
    summary?.focus({ preventScroll: true });
  });
  return h('p', { class: 'jump' }, jump);
}

/** The first timeline at once, those of further operations on request. */
function timelinesView(evidence: readonly Evidence[], operation: string | undefined): Child {
  const [first, ...more] = timelinesOf(evidence, operation);
  if (first === undefined) return false;
  return [
    drawTimeline(first),
    more.length > 0 &&
      folded(
        `${more.length === 1 ? 'Timeline' : 'Timelines'} of ${count(more.length, 'more operation')}`,
        () => more.map(drawTimeline),
      ),
  ];
}

function shortenedView({ shortened, evidenceFile }: PageCheck): Child {
  const file = evidenceFile === undefined ? undefined : h('a', { href: evidenceFile }, evidenceFile);
  if (shortened === undefined) {
    return file !== undefined && h('p', { class: 'hint' }, 'The evidence as a file: ', file);
  }
  return h(
    'p',
    { class: 'hint' },
    `To keep this page small, ${shortened}. The whole: `,
    file ?? 'conformance.json',
    '.',
  );
}

function button(label: string, act: () => void): HTMLButtonElement {
  const element = h('button', { type: 'button', class: 'quiet' }, label);
  element.addEventListener('click', act);
  return element;
}

function pieceView(piece: Evidence, looks: Looks): Child {
  switch (piece.kind) {
    case 'exchange':
      return exchangeView(piece, looks);
    case 'received':
      return receivedView(piece, looks);
    case 'advanced':
      return h('p', { class: 'moved' }, movedWords([piece]));
    case 'remark':
      return h('p', { class: 'remark' }, piece.text);
    default:
      return false;
  }
}

/** The members that a pair of codes stands for, in the monitor and in the row. */
const codeMembers = ['backgroundOperationStateCode', 'backgroundOperationStatusCode'];

/** Names of the members in which a mismatch shows, lower case. */
function markedMembers(evidence: readonly Evidence[]): string[] {
  return evidence
    .filter((piece) => piece.kind === 'mismatch')
    .flatMap(({ member }) => (member === 'codes' ? codeMembers : (member ?? [])))
    .map((member) => member.toLowerCase());
}

function counterexampleView(piece: Counterexample, data: PageData, again: string): HTMLElement {
  const { script, curl, http, token, seed, path, runs, shrinks } = piece;
  const replay = token === undefined ? undefined : replayCommand(token, commandOfRun(data));
  return h(
    'section',
    { class: 'counterexample' },
    h('h3', {}, 'The smallest case that shows it'),
    h('p', { class: 'hint' }, `Found in run ${runs}, shrunk ${shrinks} times; seed ${seed}, path ${path}.`),
    h(
      'ol',
      { class: 'script' },
      // The list has numbers of its own.
      script.map((step) => h('li', {}, h('bdi', {}, step.replace(/^\d+\. /, '')))),
    ),
    replay !== undefined &&
      h(
        'p',
        { class: 'copyable' },
        h('code', {}, replay),
        copyButton('Copy', () => replay),
      ),
    h(
      'p',
      {},
      curl !== undefined && copyButton('Copy as curl', () => curl.join('\n')),
      http !== undefined && copyButton('Copy as .http', () => http),
    ),
    textNamesListener([...(curl ?? []), http].join('\n')) && listenerWarning(replay ?? again),
  );
}
