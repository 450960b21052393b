import { members } from '../../contract/vocabulary.ts';
import type { Answer, JsonObject } from '../../harness/answer.ts';
import { codesOf, outputsIn } from '../../harness/reading.ts';
import { sameValue } from '../../scenarios/support/values.ts';
import { wrongCodes } from './expect-codes.ts';
import { expectError } from './expect-error.ts';
import { Mismatches, type ViewMismatch } from './mismatch.ts';
import type { Story } from './story.ts';

/** The outputs whose values are JSON numbers and booleans. */
const plainTypes: Readonly<Record<string, string>> = { Count: 'number', Flag: 'boolean', Amount: 'number' };

/** Holds an answer of the monitor against what happened to its operation. */
export function monitorMismatches(story: Story, answer: Answer): readonly ViewMismatch[] {
  const found = new Mismatches('the monitor');
  const body = answer.object();
  const missing = answer.status === 404 ? answer.missing : undefined;
  found.unless(answer.status === 200, missing ?? 'monitor.ok', 'the status', '200', answer.status);
  if (answer.status !== 200) return found.list;
  found.unless(
    answer.mediaType === 'application/json',
    'monitor.json',
    'the media type',
    'application/json',
    answer.mediaType,
  );
  found.unless(body !== undefined, 'monitor.json', 'the body', 'a JSON object', answer.body);
  if (body === undefined) return found.list;
  for (const name of Object.keys(body)) {
    if (!name.includes('@')) continue;
    const clause = name.includes('FormattedValue') ? 'monitor.no-labels' : 'monitor.no-odata';
    found.unless(false, clause, 'the members', `free of ${name}`, body[name]);
  }
  const integers = Number.isInteger(body[members.state]) && Number.isInteger(body[members.status]);
  found.unless(integers, 'monitor.codes', 'the codes', 'two integers', [
    body[members.state],
    body[members.status],
  ]);
  const codes = codesOf(body, members.state, members.status);
  if (codes === undefined) return found.list;
  const wrong = wrongCodes(codes, story);
  if (wrong !== undefined) {
    found.unless(false, wrong.clause, 'the codes', wrong.wanted, [codes.state, codes.status]);
    return found.list;
  }
  expectError(
    { code: body[members.errorCode], message: body[members.errorMessage] },
    story,
    codes.status,
    { missing: 'monitor.error-on-failure', unwanted: 'monitor.error-only-on-failure' },
    found,
  );
  expectOutputs(body, story, codes.status, found);
  return found.list;
}

function expectOutputs(body: JsonObject, story: Story, status: number, found: Mismatches): void {
  const shown = outputsIn(body);
  if (status !== 30) {
    for (const name of ['Text', 'Count', 'Flag', 'Amount', 'When', 'Id'])
      found.unless(!(name in shown), 'monitor.outputs-only-on-success', name, 'absent', shown[name]);
    return;
  }
  const set = Object.entries(story.attempts.at(-1)?.outputs ?? {});
  if (story.attempts.length > 1 && set.length > 0 && set.every(([name]) => !(name in shown))) {
    found.unless(false, 'retry.recovers', 'the outputs', 'those of the attempt that succeeded', shown);
    return;
  }
  for (const [name, value] of set) {
    const same = sameValue(name, value, shown[name]);
    found.unless(same, 'monitor.outputs-on-success', name, value, shown[name]);
    const type = plainTypes[name];
    if (same && type !== undefined)
      found.unless(typeof shown[name] === type, 'monitor.output-types', name, `a JSON ${type}`, shown[name]);
  }
}
