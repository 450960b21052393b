import type { Mismatch } from '../../../record/evidence.ts';
import { lookalikes } from '../../../harness/lookalikes.ts';
import { codesLegend } from './codes.ts';
import { diffLines, type DiffLine } from './diff.ts';
import { h, type Child } from './dom.ts';
import { changedParts, type DiffPart } from './inline-diff.ts';
import { pretty } from './pretty.ts';
import { capital } from './words.ts';

/** Lines on each side of a difference that stay; of longer equal parts the rest is left out. */
const around = 3;

/** What was expected and what came, beside each other: neither can push the other off the screen. */
export function mismatchView({ subject, expected, actual }: Mismatch): HTMLElement {
  const [wanted, came] = [pretty(expected), pretty(actual)];
  const lines = diffLines(wanted, came);
  const apart = lines.every(({ side }) => side !== 'both');
  const parts = apart ? changedParts(wanted, came) : undefined;
  const codes = codesLegend(`${expected} ${actual}`);
  const alike = lookalikes(expected, actual);
  return h(
    'section',
    { class: 'mismatch', 'aria-label': `Expected and got: ${subject}` },
    h('p', {}, 'Looked at: ', h('b', {}, subject)),
    h(
      'div',
      { class: 'sides' },
      pane('Expected', 'expected', apart ? (partNodes(parts?.[0]) ?? wanted) : sideNodes(lines, 'expected')),
      pane('Got', 'actual', apart ? (partNodes(parts?.[1]) ?? came) : sideNodes(lines, 'actual')),
    ),
    codes !== undefined && h('p', { class: 'hint' }, `${codes}.`),
    alike !== undefined && h('p', { class: 'hint' }, capital(`${alike}.`)),
  );
}

function pane(title: string, name: 'expected' | 'actual', text: Child): HTMLElement {
  return h(
    'div',
    {},
    h('p', { 'aria-hidden': 'true' }, title),
    h('div', { class: name, tabindex: 0, 'aria-label': title, role: 'group' }, h('bdi', {}, text)),
  );
}

function partNodes(parts: readonly DiffPart[] | undefined): Child[] | undefined {
  return parts?.map(({ text, differs }) => (differs ? h('mark', {}, text) : text));
}

/** One side of a comparison: its own lines marked, of long equal parts what stands around them. */
function sideNodes(lines: readonly DiffLine[], name: 'expected' | 'actual'): Child[] {
  const near = nearDifference(lines);
  const nodes: Child[] = [];
  let left = 0;
  const tellLeft = (): void => {
    if (left > 0)
      nodes.push(h('span', { class: 'left-out' }, `⋯ ${left} equal ${left === 1 ? 'line' : 'lines'}\n`));
    left = 0;
  };
  lines.forEach(({ side, text }, index) => {
    if (side === 'both' && !near.has(index)) {
      left += 1;
      return;
    }
    tellLeft();
    if (side === 'both') nodes.push(`${text}\n`);
    else if (side === name) nodes.push(h('mark', {}, text), '\n');
  });
  tellLeft();
  return nodes;
}

/** The lines that differ and those around them. */
function nearDifference(lines: readonly DiffLine[]): ReadonlySet<number> {
  const near = new Set<number>();
  lines.forEach(({ side }, index) => {
    if (side === 'both') return;
    for (let line = index - around; line <= index + around; line += 1) near.add(line);
  });
  return near;
}
