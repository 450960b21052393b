import { expect, it } from 'vitest';
import { webhookHeader, namesEnvironment } from './webhook-headers.ts';

const tenant = 'https://contoso.crm.dynamics.com';

it.each([
  ['contoso.crm.dynamics.com', tenant, true],
  ['Contoso.CRM.dynamics.com', tenant, true],
  ['contoso', tenant, false],
  ['fabrikam.crm.dynamics.com', tenant, false],
  ['https://contoso.crm.dynamics.com', tenant, false],
  [undefined, tenant, false],
  ['', 'http://127.0.0.1:8080', false],
  ['127.0.0.1', 'http://127.0.0.1:8080', true],
  ['127.0.0.1:8080', 'http://127.0.0.1:8080', true],
  ['contoso.crm.dynamics.com', 'http://127.0.0.1:8080', true],
  ['contoso', 'http://127.0.0.1:8080', false],
  ['contoso.crm.dynamics.com', 'http://localhost:8080', true],
  ['contoso.crm.dynamics.com', 'http://simulator:8080', true],
  ['http://contoso.crm.dynamics.com/', 'http://[::1]:8080', false],
])('takes %j for the name of the environment at %s: %s', (text, url, expected) => {
  expect(namesEnvironment(text, url)).toBe(expected);
});

it('finds a header whatever its casing', () => {
  expect(
    webhookHeader({ headers: [['X-MS-Dynamics-Organization', 'a.b']] }, 'x-ms-dynamics-organization'),
  ).toBe('a.b');
  expect(webhookHeader({ headers: [] }, 'x-ms-dynamics-organization')).toBeUndefined();
});
