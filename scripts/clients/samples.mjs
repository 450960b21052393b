// Custom APIs that the clients' calls need besides those that the simulator has: registered as anyone would.

const apis = [
  {
    uniquename: 'sample_Describe',
    bindingtype: 1,
    isfunction: true,
    parameters: ['Detail'],
    properties: ['Text'],
  },
  { uniquename: 'sample_Touch', bindingtype: 1, isfunction: false, parameters: ['Note'], properties: [] },
];

/** Registers them over the Web API. */
export async function samples(origin, token) {
  const post = async (set, row) => {
    const response = await fetch(`${origin}/api/data/v9.2/${set}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(row),
    });
    if (!response.ok)
      throw new Error(`${set} ${row.uniquename}: ${response.status} ${await response.text()}`);
    return /\(([^)]+)\)$/.exec(response.headers.get('odata-entityid'))[1];
  };
  for (const { parameters, properties, ...api } of apis) {
    const names = (name) => ({ uniquename: name, name, displayname: name, description: name });
    const id = await post('customapis', {
      ...names(api.uniquename),
      ...api,
      boundentitylogicalname: 'customapi',
    });
    const link = { type: 10, 'CustomAPIId@odata.bind': `/customapis(${id})` };
    for (const name of parameters)
      await post('customapirequestparameters', { ...names(name), ...link, isoptional: true });
    for (const name of properties) await post('customapiresponseproperties', { ...names(name), ...link });
  }
}
