import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { messages, table } from '../contract/vocabulary.ts';
import { Client } from '../harness/client.ts';
import { SuiteSession } from '../harness/suite-session.ts';
import { parseConfig } from '../harness/config.ts';
import { collectChecks, runCheck } from '../harness/runner.ts';
import { openTarget } from '../harness/target.ts';
import { Transcript } from '../harness/transcript.ts';
import { suiteRoot } from './suite-files.ts';

const spec = 'scenarios/submit-other-messages.spec.ts';
const checks = await collectChecks(new Map([[spec, pathToFileURL(path.join(suiteRoot, spec)).href]]));

it('does not hold rows against a target that were there before', async () => {
  const target = await openTarget(parseConfig({ target: { kind: 'simulator' } }));
  const world = new SuiteSession(target, 'earlier-rows');
  try {
    const client = new Client(target, 'initiator', new Transcript());
    const made = await client.api('POST', table.set, { body: { name: messages.whoAmI } });
    expect(made.ok, made.describe()).toBe(true);
    for (const check of checks) {
      const [result] = await runCheck(check, world);
      expect(result, check.title).toMatchObject({ outcome: 'passed' });
    }
  } finally {
    await world.close();
  }
});
