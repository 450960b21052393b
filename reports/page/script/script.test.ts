import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../record/evidence.ts';
import { sampleChecks } from '../../fixtures/sample.ts';
import { pageScript } from '../bundle.ts';
import { curlOf, quote } from '../../../harness/curl.ts';
import { diffLines } from './diff.ts';
import { harOf } from './har.ts';
import { visibleText } from './text.ts';
import { timelinesOf } from './timeline-layout.ts';
import { duration, sentence } from './words.ts';

const evidence = sampleChecks({ checks: 1 })[0]?.evidence ?? [];

describe('the script of the page', () => {
  it('is one classic script that compiles, without imports or exports', () => {
    const script = pageScript();
    expect(() => new Script(script)).not.toThrow();
    expect(script).not.toMatch(/^(import|export)\b/m);
  });
});

describe('a request as curl', () => {
  it('is one command for a POSIX shell, whatever stands in it', () => {
    const command = curlOf({
      request: {
        method: 'POST',
        url: 'http://127.0.0.1/a?b=c&d',
        headers: [
          ['Prefer', 'respond-async'],
          ['Host', 'x'],
        ],
        body: { text: `{"it's":"$(rm)"}` },
      },
    });
    expect(command.split(' \\\n  ')).toEqual([
      "curl -i -X POST 'http://127.0.0.1/a?b=c&d'",
      "-H 'Prefer: respond-async'",
      `--data-binary '{"it'\\''s":"$(rm)"}'`,
    ]);
    expect(quote('plain/path')).toBe('plain/path');
  });
});

describe('a HAR', () => {
  it('has an entry for each exchange', () => {
    const har = JSON.parse(harOf(evidence, { name: 'suite', version: '1' })) as {
      log: { version: string; entries: { request: { method: string } }[] };
    };
    expect(har.log.version).toBe('1.2');
    expect(har.log.entries.map(({ request }) => request.method)).toEqual([
      'POST',
      'GET',
      'GET',
      'GET',
      'GET',
      'DELETE',
    ]);
  });
});

describe('a diff', () => {
  it('keeps what is common and marks what is not', () => {
    expect(diffLines('a\nb\nc', 'a\nx\nc')).toEqual([
      { side: 'both', text: 'a' },
      { side: 'expected', text: 'b' },
      { side: 'actual', text: 'x' },
      { side: 'both', text: 'c' },
    ]);
  });
});

describe('a timeline', () => {
  it('follows one operation through requests, states, attempts and cancellations', () => {
    const [timeline] = timelinesOf(evidence);
    const labels = (lane: string) =>
      timeline?.items.filter((item) => item.lane === lane).map(({ label }) => label);
    expect(labels('state')).toEqual(['waiting', 'in progress', 'succeeded']);
    expect(labels('attempts')).toEqual([
      'attempt 1: fail',
      'attempt 2: fail',
      'attempt 3: fail',
      'attempt 4: succeed',
    ]);
    expect(labels('cancellations')).toEqual(['DELETE 409']);
    const xs = timeline?.marks.map(({ x }) => x) ?? [];
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  });

  it('draws an illegal history with its contradiction', () => {
    const history: Evidence = {
      kind: 'history',
      operationId: 'x',
      reason: 'it went back',
      items: [{ lane: 'state', label: 'waiting', from: 0, to: 90_000_000, contradiction: true }],
    };
    expect(timelinesOf([history])[0]?.items[0]).toMatchObject({ from: 0, contradiction: true });
  });
});

describe('texts', () => {
  it('show by its number what a reader could not see or what turns the text around', () => {
    expect(visibleText('a\u202eb\u0000c\n\ud800')).toBe('a⟨U+202E⟩b⟨U+0000⟩c\n\ufffd');
  });

  it('give durations for people', () => {
    expect([12, 3400, 125_000, 10_800_000, 7_776_000_000].map(duration)).toEqual([
      '12 ms',
      '3.4 s',
      '2 min 5 s',
      '3 h',
      '90 d',
    ]);
  });

  it('make a requirement a sentence', () => {
    expect(sentence('the id is a GUID')).toBe('The id is a GUID.');
  });
});
