import { writeFile } from 'node:fs/promises';
import type { RequestListener, ServerResponse } from 'node:http';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bgop, emptyFolder, resultIn, serve, type Ended } from './fixtures/bgop.ts';

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

/** Runs a few checks against a bad target. Only the preflight gets a decent answer. */
async function against(
  behaviour: (response: ServerResponse) => void,
): Promise<{ ended: Ended; folder: string }> {
  let asked = 0;
  const listener: RequestListener = (request, response) => {
    request.resume();
    asked += 1;
    if (asked === 1) response.end('{}');
    else behaviour(response);
  };
  const target = await serve(listener);
  ({ close } = target);
  const folder = await emptyFolder();
  const config = {
    target: { kind: 'url', url: target.url },
    timeouts: { requestMs: 1_000, progressMs: 6_000 },
  };
  await writeFile(path.join(folder, 'bgop.config.json'), JSON.stringify(config));
  return {
    ended: await bgop(folder, 'verify', '--only', 'submit.accepted,submit.location,monitor.ok'),
    folder,
  };
}

/** What a bad target does, the exit statuses that fit, and the clauses that hold all the same. */
type Behaviour = [
  answer: (response: ServerResponse) => void,
  statuses: readonly number[],
  holds?: readonly string[],
];

const behaviours: Record<string, Behaviour> = {
  hangs: [() => undefined, [3]],
  'cuts the connection': [(response) => response.destroy(), [3]],
  'breaks off in the middle of a body': [
    (response) => {
      response.writeHead(202, { 'Content-Length': '1000' });
      response.write('{"backgroundOperationId":', () => response.destroy());
    },
    [3],
  ],
  'sends HTML': [
    (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>It works!</html>'),
    [1, 3],
  ],
  redirects: [(response) => response.writeHead(302, { Location: 'http://127.0.0.1:9/' }).end(), [1, 3]],
  'always answers 503': [(response) => response.writeHead(503).end('busy'), [1, 3]],
  'sends malformed JSON': [
    (response) => response.writeHead(202, { 'Content-Type': 'application/json' }).end('{"a":'),
    [1, 3],
    // A 202 is all that this clause asks for; whatever needs more than the status must not pass.
    ['submit.accepted'],
  ],
};

describe('a target that', () => {
  it.each(Object.entries(behaviours))(
    '%s ends the run within its deadline, and passes nothing that it does not keep',
    async (_name, [behaviour, statuses, holds = []]) => {
      const began = Date.now();
      const { ended, folder } = await against(behaviour);
      expect(statuses).toContain(ended.status);
      expect(Date.now() - began).toBeLessThan(90_000);
      const result = await resultIn(folder);
      if (ended.status === 3 && result !== undefined) expect(result.run.incomplete).toBeDefined();
      const passed = result?.clauses.filter(({ verdict }) => verdict === 'passed').map(({ id }) => id);
      // Nothing passes where the looks before the run end it already.
      expect(holds).toEqual(expect.arrayContaining(passed ?? []));
    },
    90_000,
  );
});
