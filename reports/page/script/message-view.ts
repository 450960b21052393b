import type { BodyText, Exchange, HeaderFields, Received } from '../../../record/evidence.ts';
import { copyButton } from './copy.ts';
import { curlOf } from '../../../harness/curl.ts';
import { append, h, type Child } from './dom.ts';
import { listenerWarning, namesListener } from './listener-gone.ts';
import { isFailure, outcomeIn } from './moments.ts';
import { prettyXml } from './pretty-xml.ts';
import { prettyJson } from './pretty.ts';
import { duration } from './words.ts';

/** How a piece of the story is shown. */
export interface Looks {
  /** When it happened, since the beginning; empty where only the order is known. */
  readonly at: string;
  /** Names of members to mark in bodies, lower case. */
  readonly marked: readonly string[];
  readonly open: boolean;
  /** Why it is open, e.g. that the difference shows here; empty where it is not. */
  readonly label: string;
  /** The command that repeats the check, with a listener. */
  readonly again: string;
}

/** One exchange: a line to scan, and behind it request and response beside each other. */
export function exchangeView(piece: Exchange, { at, marked, open, label, again }: Looks): HTMLElement {
  const { request, response, error } = piece;
  const status = response === undefined ? (error ?? 'no answer') : String(response.status);
  const looks = looksOf(response?.status);
  const details = h(
    'details',
    { class: 'exchange', open },
    h(
      'summary',
      {},
      h('span', { class: 'at' }, at),
      h('b', {}, request.method),
      h('span', { class: 'path' }, h('bdi', {}, pathOf(request.url)), here(label)),
      h('span', { class: looks }, status),
      h('span', { class: 'took' }, duration(piece.durationMs)),
    ),
    h(
      'div',
      { class: 'pair' },
      h(
        'section',
        {},
        h(
          'h4',
          {},
          'Request',
          copyButton('Copy as curl', () => curlOf(piece)),
        ),
        h('p', { class: 'start' }, h('b', {}, request.method), ' ', h('bdi', {}, request.url)),
        h('p', { class: 'hint' }, `as ${piece.principal}, at ${moment(piece)}`),
        headersView(request.headers),
        bodyView(request.body, []),
        namesListener(request) && listenerWarning(again),
      ),
      h(
        'section',
        {},
        h('h4', {}, 'Response'),
        response === undefined
          ? h('p', { class: 'alarm' }, `No answer: ${error ?? 'the reason is not known'}`)
          : [
              h('p', { class: 'start' }, h('b', {}, response.status), ` after ${duration(piece.durationMs)}`),
              headersView(response.headers),
              bodyView(response.body, marked),
            ],
      ),
    ),
  );
  details.addEventListener('toggle', () => bringMarkIntoView(details));
  return details;
}

function looksOf(status: number | undefined): string {
  if (status === undefined || status >= 500) return 'status failing';
  return status >= 400 ? 'status refused' : 'status';
}

/** Long bodies scroll by themselves; the first marked member is brought to the middle. */
function bringMarkIntoView(details: HTMLElement): void {
  const mark = details.querySelector('pre mark');
  const pre = mark?.closest('pre');
  if (mark === null || pre === null || pre === undefined) return;
  pre.scrollTop += mark.getBoundingClientRect().top - pre.getBoundingClientRect().top - pre.clientHeight / 2;
}

const purposes = {
  probe: 'The probe asks the suite',
  callback: 'Callback to the suite',
  event: 'Event to the suite',
  unexpected: 'Unexpected request to the suite',
} as const;

/** One request that reached the suite's listener, with what it answered. */
export function receivedView(piece: Received, { at, marked, open, label }: Looks): HTMLElement {
  return h(
    'details',
    { class: `exchange received ${piece.purpose}`, open },
    h(
      'summary',
      {},
      h('span', { class: 'at' }, at),
      h('b', {}, piece.method),
      h('span', { class: 'path' }, purposes[piece.purpose], here(label)),
      h('span', { class: isFailure(piece) ? 'status failing' : 'status' }, answeredBriefly(piece.answered)),
    ),
    h(
      'div',
      { class: 'pair' },
      h(
        'section',
        {},
        h('h4', {}, 'Received'),
        h('p', { class: 'start' }, h('b', {}, piece.method), ' ', h('bdi', {}, piece.url)),
        h('p', { class: 'hint' }, `at ${moment(piece)}`),
        headersView(piece.headers),
        bodyView(piece.body, marked),
      ),
      h('section', {}, h('h4', {}, 'The suite answered'), answeredView(piece.answered)),
    ),
  );
}

function here(label: string): Child {
  return label !== '' && h('span', { class: 'here' }, label);
}

/** What the suite answered, in a few words: "200", or "200, succeed" to the probe. */
function answeredBriefly(answered: string): string {
  const status = /^\d{3}\b/.exec(answered)?.[0];
  if (status === undefined) return answered;
  const outcome = outcomeIn(answered);
  return outcome === undefined ? status : `${status}, ${outcome}`;
}

type Timed = Pick<Exchange, 'at'> & { readonly virtualTime?: string };

function moment({ at, virtualTime }: Timed): string {
  return virtualTime === undefined ? at : `${at} (the target’s clock: ${virtualTime})`;
}

function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  // The address as it was sent stands below the line.
  return `${pathname}${search.replaceAll('%20', ' ').replaceAll('%27', "'")}`;
}

function headersView(headers: HeaderFields): Child {
  if (headers.length === 0) return false;
  return h(
    'table',
    { class: 'headers' },
    h('caption', { class: 'sr' }, 'Headers'),
    h(
      'tbody',
      {},
      headers.map(([name, value]) =>
        h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, h('bdi', {}, value))),
      ),
    ),
  );
}

/** What the listener answered: status, and the body as others are shown. */
function answeredView(answered: string): Child {
  const [, status, body] = /^(\d{3}) ([\s\S]+)$/.exec(answered) ?? [];
  if (status === undefined || body === undefined) return h('pre', { tabindex: 0 }, answered);
  return [h('p', { class: 'start' }, h('b', {}, status)), bodyView({ text: body }, [])];
}

/** Between a body with the texts in it opened, and as it went over the wire. */
function asSentButton(pre: HTMLElement, text: string): HTMLElement {
  const pretty = [...pre.childNodes];
  const button = h('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false' }, 'As it was sent');
  button.addEventListener('click', () => {
    const sent = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(sent));
    pre.replaceChildren();
    append(pre, sent ? [text] : pretty);
  });
  return button;
}

const markedMember = /^\s*"([^"]+)":/;

/** A body, JSON printed with one member a line and XML with one element; lines of members that matter are marked. */
function bodyView(body: BodyText | undefined, marked: readonly string[]): Child {
  if (body === undefined || (body.text === '' && body.cut === undefined))
    return h('p', { class: 'hint' }, 'No body.');
  const wanted = new Set(marked);
  const { text, opened } = prettyXml(body.text) ?? prettyJson(body.text);
  const lines = text.split('\n');
  const shown = lines.flatMap((line, index): Child[] => {
    const end = index === lines.length - 1 ? '' : '\n';
    const name = markedMember.exec(line)?.[1];
    const offending = name !== undefined && wanted.has(name.toLowerCase());
    return offending ? [h('mark', {}, line), end] : [`${line}${end}`];
  });
  const pre = h('pre', { tabindex: 0 }, shown);
  return [
    pre,
    opened && asSentButton(pre, body.text),
    body.cut !== undefined &&
      h(
        'p',
        { class: 'hint' },
        `Cut here; the whole has ${body.cut.bytes.toLocaleString('en')} bytes, SHA-256 `,
        h('code', {}, body.cut.sha256),
        body.cut.file !== undefined && [', ', h('a', { href: body.cut.file }, 'in a file beside this page')],
      ),
  ];
}
