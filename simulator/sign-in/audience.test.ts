import { expect, it } from 'vitest';
import { isMeantFor } from './audience.ts';

const contoso = 'https://contoso.crm.dynamics.com';

it.each<[string, string, string[], boolean]>([
  [contoso, contoso, [], true],
  [contoso, `${contoso}/`, [], true],
  [contoso, 'https://fabrikam.crm.dynamics.com', [], false],
  [contoso, 'http://localhost:8080', [], false],
  [contoso, 'http://localhost:8080', [contoso], true],
  [contoso, 'http://localhost:8080', ['any'], true],
  ['http://localhost:8080', 'http://127.0.0.1:8080', [], true],
  ['http://localhost:8080', 'http://[::1]:8080', [], true],
  ['http://localhost:8080', 'http://localhost:8081', [], false],
  ['http://localhost:8080', 'http://fabrikam.localhost:8080', [], false],
  ['https://gateway.test', 'http://gateway.test', [], true],
  ['api://something', 'http://localhost:8080', [], false],
  ['no resource', 'http://localhost:8080', [], false],
])('a token for %s at %s, with further resources %j: %s', (audience, origin, further, meant) => {
  expect(isMeantFor(audience, origin, further)).toBe(meant);
});
