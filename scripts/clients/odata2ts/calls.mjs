import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { answered, expect, finish, simulator } from '../harness.mjs';

await answered(
  '$metadata generates the types of every table and custom API',
  async () => {
    const response = await fetch(`${simulator.http}/api/data/v9.2/$metadata`, {
      headers: { authorization: `Bearer ${simulator.token}` },
    });
    await writeFile('dataverse.xml', await response.text());
    await writeFile('tsconfig.json', '{ "compilerOptions": { "target": "es2022", "module": "nodenext" } }');
    const cli = new URL('node_modules/@odata2ts/odata2ts/lib/run-cli.js', import.meta.url).pathname;
    await promisify(execFile)(process.execPath, [
      cli,
      '-s',
      'dataverse.xml',
      '-o',
      'generated',
      '-m',
      'models',
      '-e',
      'ts',
      '-n',
      'Dataverse',
    ]);
    return readFile('generated/MicrosoftDynamicsCrmModel.ts', 'utf8');
  },
  (types) => {
    for (const name of ['backgroundoperation', 'customapi', 'bgop_ProbeResponse'])
      expect(new RegExp(`interface ${name}\\b`, 'i').test(types), `no ${name}`);
  },
);
finish();
