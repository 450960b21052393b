import { describe, expect, it } from 'vitest';
import { clauses } from '../contract/clauses.ts';
import { clientClauses } from '../contract/client-clauses.ts';
import { explainClause, listClauses, type ClausesOptions } from './clauses.ts';
import type { Terminal } from './terminal.ts';

function told(use: (terminal: Terminal) => number): string {
  const lines: string[] = [];
  const out = (line: string) => void lines.push(line);
  expect(use({ out, err: out, document: out })).toBe(0);
  return lines.join('\n');
}

const list = (options: Partial<ClausesOptions>) =>
  told((terminal) => listClauses({ format: 'table', ...options }, terminal));

describe('listClauses', () => {
  it('lists those for targets, or with --client those for clients, in every format', () => {
    const idsIn = (text: string) =>
      (JSON.parse(text) as { clauses: { id: string }[] }).clauses.map(({ id }) => id);
    expect(idsIn(list({ format: 'json' }))).toEqual(clauses.map(({ id }) => id));
    expect(idsIn(list({ format: 'json', client: true }))).toEqual(clientClauses.map(({ id }) => id));
    expect(list({ client: true })).toMatch(/^client-poll\.interval +SHOULD +stated +the client polls/m);
    expect(list({ client: true })).toContain(`${clientClauses.length} clauses for clients of catalogue`);
    expect(list({ client: true, format: 'markdown', section: 'client-sdk', level: 'MUST' })).toMatch(
      /^## client-sdk: .*\n\n.*\n.*\n\| `client-sdk\.request` \|.*\n\| `client-sdk\.callback-uri` \|/,
    );
  });

  it('says where a section is that the other catalogue has', () => {
    expect(() => list({ section: 'client-poll' })).toThrow(
      /"client-poll"\. It is one for clients: add --client/,
    );
    expect(() => list({ section: 'cancel', client: true })).toThrow(/one for targets: leave out --client/);
    expect(() => list({ section: 'client-pol', client: true })).toThrow(/Did you mean "client-poll"/);
  });
});

describe('explainClause', () => {
  it('explains a clause of either catalogue', () => {
    expect(told((terminal) => explainClause('cancel.no-retry', terminal))).toContain(
      'Check a target for it:',
    );
    const text = told((terminal) => explainClause('client-poll.interval', terminal));
    expect(text).toMatch(/^client-poll\.interval {2}\(Client: poll\)/);
    expect(text).toContain('Shown   by two polls of one operation');
    expect(text).toContain('client-check');
  });
});
