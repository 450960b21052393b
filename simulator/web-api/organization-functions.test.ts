import { describe, expect, it } from 'vitest';
import { jsonObject } from '../plain.ts';
import { createKit } from '../test-kit.ts';

const get = (path: string) =>
  createKit().call('GET', path, { headers: { prefer: 'odata.include-annotations=*' } });

describe('what a client calls when it connects', () => {
  it.each(['v9.0', 'v9.1', 'v9.2', 'v9.1.0', 'v9.2.0'])('is served below %s', async (version) => {
    for (const call of ['WhoAmI', 'RetrieveVersion()', "RetrieveCurrentOrganization(AccessType='Default')"]) {
      const answer = await get(`/api/data/${version}/${call}`);
      expect(answer.status).toBe(200);
      expect(jsonObject(answer.body)?.['@odata.context']).toBe(
        `https://contoso.example/api/data/${version}/$metadata#Microsoft.Dynamics.CRM.${/^\w+/.exec(call)?.[0]}Response`,
      );
    }
  });

  it('is not served below versions that there are not', async () => {
    for (const version of ['v8.2', 'v10.0', 'v9', 'v9.2.1.0', 'v9.x']) {
      expect((await get(`/api/data/${version}/WhoAmI`)).status).toBe(404);
    }
  });

  it('tells of the organization', async () => {
    const path = "/api/data/v9.0/RetrieveCurrentOrganization(AccessType='Default')";
    expect(jsonObject((await get(path)).body)).toMatchObject({
      Detail: {
        OrganizationVersion: '9.2.0.0',
        State: 'Enabled',
        Endpoints: {
          Count: 3,
          Keys: ['WebApplication', 'OrganizationService', 'OrganizationDataService'],
          Values: expect.arrayContaining(['https://contoso.example/']) as unknown,
        },
      },
    });
  });

  it.each([
    "RetrieveCurrentOrganization(AccessType=Microsoft.Dynamics.CRM.EndpointAccessType'Internet')",
    "RetrieveCurrentOrganization(AccessType=@a)?@a='Default'",
    'RetrieveVersion',
  ])('serves %s', async (call) => {
    expect((await get(`/api/data/v9.2/${call}`)).status).toBe(200);
  });

  it.each(['RetrieveCurrentOrganization', 'RetrieveCurrentOrganization()', "RetrieveVersion(A='x')"])(
    'refuses %s',
    async (call) => {
      expect((await get(`/api/data/v9.2/${call}`)).status).toBe(404);
    },
  );

  it('is asked by GET', async () => {
    expect((await createKit().call('POST', '/api/data/v9.2/RetrieveVersion()')).status).toBe(404);
  });
});
