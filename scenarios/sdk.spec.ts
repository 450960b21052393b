import { paths } from '../contract/vocabulary.ts';
import { clause, expect, test } from '../harness/test.ts';
import { expectResults, expectTyped } from './support/soap.ts';

test(
  'ExecuteBackgroundOperation MUST return the id as a Guid and the monitor as a String',
  clause('sdk.outputs'),
  async ({ sdk, client }) => {
    const { soap } = await sdk.call();
    const results = expectResults(soap, 'ExecuteBackgroundOperation');
    const id = String(expectTyped(results, 'BackgroundOperationId', 'guid')).toLowerCase();
    const location = String(expectTyped(results, 'Location', 'string'));
    const monitor = new RegExp(`^https?://[^/]+${paths.monitor}${id}$`, 'i');
    expect(location, 'Location').toMatch(monitor, `the URL of the monitor of ${id}`);
    const answer = await client.monitor({ method: 'GET', path: location });
    expect(answer.status, 'the status of GET of Location').toBe(200);
  },
);
