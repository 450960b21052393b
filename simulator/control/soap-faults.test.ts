import { expect, it } from 'vitest';
import { execute, faultOf, find, pairs, request, send } from '../organization-service/soap.fixture.ts';
import { createKit } from '../test-kit.ts';

it('a fault of 429 is a SOAP fault with Retry-After to clients of the organization service', async () => {
  const kit = createKit();
  kit.simulator.control.faults.add({ status: 429, retryAfter: 7, match: { path: '/xrmservices/*' } });
  const throttled = await send(kit, execute(request('WhoAmI')));
  expect(faultOf(throttled)).toMatchObject({ status: 500, code: -2147015902 });
  expect(pairs(find(throttled, 'ErrorDetails'))['Retry-After']?.text).toBe('PT7S');
  expect((await send(kit, execute(request('WhoAmI')))).status).toBe(200);
});

it('a fault of another status has no SOAP: it is a gateway that answers', async () => {
  const kit = createKit();
  kit.simulator.control.faults.add({ status: 503, body: '<html>busy</html>' });
  const answer = await send(kit, execute(request('WhoAmI')));
  expect([answer.status, answer.body]).toEqual([503, '<html>busy</html>']);
});
