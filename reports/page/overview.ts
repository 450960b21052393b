import { html, prose, type Html } from '../html.ts';
import type { ClauseResult, Result } from '../../record/result.ts';
import { counted, verdicts } from '../summarise.ts';
import { marks, standing } from '../standing.ts';
import { verdictSentence } from '../verdict-sentence.ts';
import { firstLook } from './first-look.ts';
import { forReaders } from './for-readers.ts';
import { gateReasons } from './gate-reasons.ts';
import { profileList } from './profile-list.ts';
import { unlockList } from './unlock-list.ts';
import { codesLegend } from './script/codes.ts';
import { shortReason } from './script/short-reason.ts';
import { count, duration, sentence, verdictWords } from './script/words.ts';

/** The first screen: what was tested, the verdict in one sentence, the numbers, what to look at first. */
export function overview(result: Result): Html {
  const mark = marks[standing(result)];
  return html`<section id="overview" aria-labelledby="verdict">
    ${facts(result)}
    <h1 id="verdict" class="verdict ${mark.tone}">
      <span class="mark" aria-hidden="true">${mark.symbol}</span
      ><span>${forReaders(verdictSentence(result))}</span>
    </h1>
    ${gateReasons(result)} ${profileList(result)} ${numbers(result)} ${lookFirst(result)}
    ${unlockList(result)}
  </section>`;
}

function facts({ target, run, clauses }: Result): Html {
  const checks = clauses.reduce((sum, clause) => sum + clause.checks.length, 0);
  return html`<p class="facts">
    <strong><bdi>${target.name}</bdi></strong>
    <span>${placeOf(target)}</span>
    <span><time datetime="${run.startedAt}">${when(run.startedAt)}</time></span>
    <span
      >${count(clauses.length, 'requirement')}, ${count(checks, 'check')} in ${duration(run.durationMs)}</span
    >
  </p>`;
}

/** Where the target was: its address, with the kind where that says more than the address. */
function placeOf({ kind, url }: Result['target']): Html {
  if (url === '') return html`${kind}`;
  // The simulator has no address: "in this process".
  if (!URL.canParse(url)) return html`<bdi>${url}</bdi>`;
  const shown = html`<bdi class="url">${url}</bdi>`;
  return kind === 'url' ? shown : html`${kind} at ${shown}`;
}

/** A date for people, the same wherever the page is made. */
export function when(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${day.format(date)} UTC`;
}

/** A table of level by verdict, with sums on both sides, so that nothing drops out of the denominator. */
function numbers(result: Result): Html {
  const levels = ['MUST', 'SHOULD', 'MAY'] as const;
  const number = (clauses: readonly ClauseResult[], verdict: string): number =>
    clauses.filter((clause) => clause.verdict === verdict).length;
  const shown = verdicts.filter(
    (verdict) => verdict !== 'known-deviation' || result.summary.knownDeviations > 0,
  );
  const total = result.clauses.length;
  return html`<div class="numbers">
    ${bar(result)}
    <div class="scroll" tabindex="0" role="group" aria-label="Requirements by level and verdict">
      <table>
        <caption>
          All ${total} requirements of the catalogue, by level and verdict
        </caption>
        <thead>
          <tr>
            <th scope="col">Level</th>
            ${shown.map(
              (verdict) =>
                html`<th scope="col">
                  <a class="v-${verdict}" href="#duties?verdict=${verdict}"
                    ><span class="mark" aria-hidden="true">${verdictWords[verdict].symbol}</span>${
                      verdictWords[verdict].word
                    }</a
                  >
                </th>`,
            )}
            <th scope="col">All</th>
          </tr>
        </thead>
        <tbody>
          ${levels.map((level) => {
            const of = result.clauses.filter((clause) => clause.level === level);
            return html`<tr>
              <th scope="row">${level}</th>
              ${shown.map((verdict) => cell(number(of, verdict), verdict))}
              <td class="sum">${of.length}</td>
            </tr>`;
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            ${shown.map((verdict) => cell(result.summary[counted[verdict]], verdict))}
            <td class="sum">${total}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  </div>`;
}

function cell(number: number, verdict: string): Html {
  return number === 0 ? html`<td class="none">0</td>` : html`<td class="v-${verdict}">${number}</td>`;
}

function bar({ summary, clauses }: Result): Html {
  const total = Math.max(1, clauses.length);
  let x = 0;
  const parts = verdicts.map((verdict) => {
    const width = (summary[counted[verdict]] / total) * 1000;
    const part = html`<rect
      class="f-${verdict}"
      x="${x.toFixed(2)}"
      y="0"
      width="${width.toFixed(2)}"
      height="10"
    />`;
    x += width;
    return width === 0 ? undefined : part;
  });
  return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
    ${parts}
  </svg>`;
}

function lookFirst(result: Result): Html {
  const { looks, more } = firstLook(result);
  if (looks.length === 0) return html``;
  return html`<h2 id="first">Look at first</h2>
    <ol class="first">
      ${looks.map(
        ({ clause, note }) =>
          html`<li>
            <a href="#${clause.id}"
              ><span class="badge v-${clause.verdict}"
                ><span class="mark" aria-hidden="true">${verdictWords[clause.verdict].symbol}</span>${
                  verdictWords[clause.verdict].word
                }</span
              >
              <code>${clause.id}</code> <span class="duty">${prose(sentence(clause.duty))}</span></a
            >
            ${clause.reason !== undefined && told(clause.reason)}
            ${note !== undefined && html`<p class="note">${note}</p>`}
          </li>`,
      )}
    </ol>
    ${more > 0 && html`<p class="rest">These are the first ${looks.length}. All of them: ${allLinks(result)}.</p>`}`;
}

/** Links to the whole lists of what did not hold, with their lengths. */
function allLinks({ summary }: Result): Html {
  return html`${(['failed', 'warned', 'inconclusive'] as const)
    .filter((verdict) => summary[verdict] > 0)
    .map(
      (verdict, index) =>
        html`${index > 0 && ', '}<a href="#duties?verdict=${verdict}"
            >${summary[verdict]} ${verdictWords[verdict].word.toLowerCase()}</a
          >`,
    )}`;
}

/** A reason with what its codes mean. */
function told(reason: string): Html {
  const short = shortReason(reason);
  const codes = codesLegend(short);
  return html`<p class="reason">
    <bdi>${clip(short)}</bdi>${codes !== undefined && html` <span class="codes">${codes}.</span>`}
  </p>`;
}

/** A reason short enough for a list; the clause's own page has the whole. */
export function clip(text: string, longest = 280): string {
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`;
}
