import type { Counterexample, Evidence, Mismatch } from '../../../harness/evidence.ts';
import { commandOfRun, replayCommand } from './command.ts';
import { copyButton, saveFile } from './copy.ts';
import type { PageCheck, PageData } from './data.ts';
import { culprit } from './culprit.ts';
import { codesLegend } from './codes.ts';
import { diffLines, pretty } from './diff.ts';
import { h, type Child } from './dom.ts';
import { harOf } from './har.ts';
import { changedParts, type Part } from './inline-diff.ts';
import { exchangeView, receivedView, type Looks } from './message-view.ts';
import { hasVirtualTime, timelinesOf, timeOf } from './timeline-layout.ts';
import { drawTimeline } from './timeline.ts';
import { count, duration } from './words.ts';

/** What explains the outcome first, then the pictures, then everything in the order in which it happened. */
export function evidenceView(check: PageCheck, data: PageData, name: string): Child {
  const evidence = check.evidence ?? [];
  const marked = markedMembers(evidence);
  const virtual = hasVirtualTime(evidence);
  const started = evidence.map((piece) => timeOf(piece, virtual)).find((time) => time !== undefined);
  const exchanges = evidence.filter(({ kind }) => kind === 'exchange');
  const shows = check.outcome === 'passed' ? undefined : culprit(evidence);
  const opened = check.outcome === 'passed' ? undefined : (shows ?? exchanges.at(-1));
  const story = evidence.filter(
    ({ kind }) => kind !== 'mismatch' && kind !== 'counterexample' && kind !== 'history',
  );
  return [
    evidence.filter((piece) => piece.kind === 'mismatch').map(mismatchView),
    shows !== undefined && jumpView(),
    evidence
      .filter((piece) => piece.kind === 'counterexample')
      .map((piece) => counterexampleView(piece, data)),
    timelinesView(evidence),
    story.length > 0 &&
      h(
        'section',
        { class: 'story' },
        h(
          'h3',
          {},
          h(
            'span',
            {},
            'What happened',
            virtual && h('span', { class: 'hint' }, ' times on the target’s clock, which the suite moves'),
          ),
          exchanges.length > 0 &&
            button('Save as HAR', () =>
              saveFile(`${name}.har`, 'application/json', harOf(evidence, data.suite)),
            ),
        ),
        h(
          'ol',
          {},
          story.map((piece) => {
            const time = timeOf(piece, virtual);
            const at =
              time === undefined || started === undefined ? '' : `+${duration(Math.max(0, time - started))}`;
            const looks: Looks = { at, marked, open: piece === opened, shows: piece === shows };
            return h('li', {}, pieceView(piece, looks));
          }),
        ),
      ),
    shortenedView(check),
  ];
}

/** A way to the exchange that shows the difference: between stands whatever else happened. */
function jumpView(): HTMLElement {
  const jump = button('Go to the exchange that shows it', () => {
    const summary = jump.closest('.body')?.querySelector<HTMLElement>('.exchange:has(.here) > summary');
    summary?.scrollIntoView({ block: 'start' });
    summary?.focus({ preventScroll: true });
  });
  return h('p', { class: 'jump' }, jump);
}

/** The first timeline at once, those of further operations on request. */
function timelinesView(evidence: readonly Evidence[]): Child {
  const [first, ...more] = timelinesOf(evidence);
  if (first === undefined) return false;
  return [
    drawTimeline(first),
    more.length > 0 &&
      h(
        'details',
        { class: 'more' },
        h(
          'summary',
          {},
          `${more.length === 1 ? 'Timeline' : 'Timelines'} of ${count(more.length, 'more operation')}`,
        ),
        more.map(drawTimeline),
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
      return h(
        'p',
        { class: 'moved' },
        `The suite moved the clock by ${duration(piece.milliseconds)}, to ${piece.now}.`,
      );
    case 'remark':
      return h('p', { class: 'remark' }, piece.text);
    default:
      return false;
  }
}

/** Names of members that a mismatch speaks of, lower case. */
function markedMembers(evidence: readonly Evidence[]): string[] {
  return evidence
    .filter((piece) => piece.kind === 'mismatch')
    .flatMap(({ subject }) => subject.match(/[@\w.]+/g) ?? [])
    .map((word) => word.toLowerCase());
}

function mismatchView({ subject, expected, actual }: Mismatch): HTMLElement {
  const lines = diffLines(pretty(expected), pretty(actual));
  const short = lines.every(({ side }) => side !== 'both');
  const parts = short ? changedParts(pretty(expected), pretty(actual)) : undefined;
  const codes = codesLegend(`${expected} ${actual}`);
  return h(
    'section',
    { class: 'mismatch', 'aria-label': 'What was expected and what came' },
    h('p', {}, 'Looked at: ', h('b', {}, subject)),
    short
      ? h(
          'dl',
          {},
          h('dt', {}, 'Expected'),
          h('dd', { class: 'expected' }, h('bdi', {}, partNodes(parts?.[0]) ?? pretty(expected))),
          h('dt', {}, 'Got'),
          h('dd', { class: 'actual' }, h('bdi', {}, partNodes(parts?.[1]) ?? pretty(actual))),
        )
      : h(
          'pre',
          { class: 'diff', tabindex: 0 },
          lines.map(({ side, text }) => h('span', { class: side }, `${signs[side]} ${text}\n`)),
        ),
    !short && h('p', { class: 'hint' }, '− expected, + got'),
    codes !== undefined && h('p', { class: 'hint' }, `${codes}.`),
  );
}

function partNodes(parts: readonly Part[] | undefined): Child[] | undefined {
  return parts?.map(({ text, differs }) => (differs ? h('mark', {}, text) : text));
}

const signs = { both: ' ', expected: '−', actual: '+' } as const;

function counterexampleView(piece: Counterexample, data: PageData): HTMLElement {
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
  );
}
