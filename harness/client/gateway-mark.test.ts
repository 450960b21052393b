import { expect, it } from 'vitest';
import { gatewayMark } from './gateway-mark.ts';

it.each<[[string, string][], string | undefined]>([
  [[['VIA', '1.1 edge']], 'VIA: 1.1 edge'],
  [[['x-amzn-Remapped-WWW-Authenticate', 'Bearer']], 'x-amzn-Remapped-WWW-Authenticate: Bearer'],
  [
    [
      ['Server', 'Kestrel'],
      ['x-ms-service-request-id', '1'],
    ],
    undefined,
  ],
])('finds in %j that an answer came through a gateway: %s', (headers, mark) => {
  expect(gatewayMark({ headers })).toBe(mark);
});
