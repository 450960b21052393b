import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { headerOf, jsonObject } from '../../plain.ts';
import { createKit } from '../../test-kit.ts';

interface Found {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The `Name` of the element around it. */
  readonly inside: string | undefined;
}

/** The elements of a document; throws if it is not well-formed. */
function elementsOf(xml: string): Found[] {
  const found: Found[] = [];
  const path: (string | undefined)[] = [];
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    found.push({ name, attributes, inside: path.at(-1) });
    path.push(attributes.Name);
  });
  parser.on('closetag', () => path.pop());
  parser.write(xml).close();
  return found;
}

const service = '/api/data/v9.2/';

test('$metadata names only types that it declares, each once', async () => {
  const answer = await createKit().call('GET', `${service}$metadata`);
  expect(headerOf(answer, 'content-type')).toBe('application/xml');
  const elements = elementsOf(answer.body ?? '');
  const declared = elements.filter(({ name }) =>
    /^(EntityType|ComplexType|EnumType|Action|Function)$/.test(name),
  );
  const names = declared.map(({ attributes }) => attributes.Name);
  expect(new Set(names).size).toBe(names.length);
  const used = elements.flatMap(({ attributes: { Type, BaseType, EntityType, Action, Function: called } }) =>
    [Type, BaseType, EntityType, Action, called].filter((each) => each !== undefined),
  );
  const strangers = used
    .map((each) => each.replace(/^Collection\((.*)\)$/, '$1'))
    .filter((each) => !each.startsWith('Edm.'))
    .filter((each) => !names.includes(each.replace(/^(mscrm|Microsoft\.Dynamics\.CRM)\./, '')));
  expect(strangers).toEqual([]);
});

test('navigation properties have partners that lead back, and constraints over columns of the table', async () => {
  const elements = elementsOf((await createKit().call('GET', `${service}$metadata`)).body ?? '');
  const navigation = elements.filter(({ name }) => name === 'NavigationProperty');
  for (const { attributes, inside } of navigation) {
    if (attributes.Partner === undefined) continue;
    const target = attributes.Type?.replace(/^(Collection\()?mscrm\.|\)$/g, '');
    const back = navigation.find(
      (each) => each.inside === target && each.attributes.Name === attributes.Partner,
    );
    expect(back?.attributes.Partner, `${inside}.${attributes.Name}`).toBe(attributes.Name);
  }
  const constraint = elements.find(({ attributes }) => attributes.Property === '_customapiid_value');
  expect(constraint?.attributes.ReferencedProperty).toBe('customapiid');
});

test('$metadata has the columns of a row, and the custom APIs with their types', async () => {
  const kit = createKit({
    customApis: [
      {
        uniqueName: 'sample_Typed',
        displayName: 'Typed',
        parameters: [
          { uniqueName: 'Rows', type: 'EntityCollection' },
          { uniqueName: 'Words', type: 'StringArray', optional: true },
        ],
        properties: [],
        execute: () => ({}),
      },
    ],
  });
  const xml = (await kit.call('GET', `${service}$metadata?annotations=true`)).body ?? '';
  const elements = elementsOf(xml);
  const columns = elements
    .filter(({ name, inside }) => name === 'Property' && inside === 'backgroundoperation')
    .map(({ attributes }) => attributes.Name);
  const row = await kit.row(await kit.submit());
  expect(columns).toEqual(Object.keys(row ?? {}).filter((name) => !name.startsWith('@')));
  expect(xml).toContain('<Parameter Name="Rows" Type="Collection(mscrm.crmbaseentity)" Nullable="false" />');
  expect(xml).toContain('<Parameter Name="Words" Type="Collection(Edm.String)" Unicode="false" />');
  expect(xml).toContain('<ReturnType Type="mscrm.bgop_ProbeResponse" Nullable="false" />');
  expect(xml).not.toContain('sample_TypedResponse');
});

test('the service document lists the entity sets, with and without a slash at its end', async () => {
  const kit = createKit();
  for (const path of [service, service.slice(0, -1)]) {
    const json = jsonObject((await kit.call('GET', path)).body);
    expect(json?.['@odata.context']).toBe('https://contoso.example/api/data/v9.2/$metadata');
    expect(json?.value).toContainEqual({
      name: 'backgroundoperations',
      kind: 'EntitySet',
      url: 'backgroundoperations',
    });
  }
  expect((await kit.call('POST', service, { body: {} })).status).toBe(405);
});
