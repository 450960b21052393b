import { headers, paths, table } from '../contract/vocabulary.ts';
import { clause, expect, fail, Hold, isGuid, proceed, succeed, test } from '../harness/test.ts';

test(
  'a custom API called with respond-async MUST be answered 202',
  clause('submit.accepted'),
  async ({ call }) => {
    const { answer } = await call();
    expect(answer.status, 'the status of POST with respond-async').toBe(202);
  },
);

test('Location of the 202 MUST name the status monitor', clause('submit.location'), async ({ submit }) => {
  const operation = await submit();
  const location = operation.accepted.header(headers.location) ?? '';
  const path = URL.canParse(location) ? new URL(location).pathname : location.split('?', 1)[0];
  expect(path?.toLowerCase(), 'the path of Location').toBe(`${paths.monitor}${operation.id}`);
});

test(
  'the 202 MUST come although the custom API has not finished',
  clause('submit.does-not-wait'),
  async ({ submit }) => {
    const hold = new Hold(1_000);
    const operation = await submit({ attempts: [hold] });
    await operation.started();
    const reading = await operation.monitor();
    hold.release(succeed());
    expect(reading.state, 'the state while the custom API still runs').toBe(2);
    await operation.finished();
  },
);

test(
  'a failing custom API MUST be accepted with 202 all the same',
  clause('submit.failure-is-accepted'),
  async ({ call }) => {
    const { answer } = await call({ attempts: [fail()] });
    expect(answer.status, 'the status of POST of a custom API that will fail').toBe(202);
  },
);
