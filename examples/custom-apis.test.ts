import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CustomApi } from '../simulator/custom-apis/custom-api.ts';
import { customApisFrom, loadCustomApis } from '../simulator/custom-apis/custom-apis.ts';
import { createKit } from '../simulator/test-kit.ts';
import inCode from './custom-apis/custom-apis.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const json = 'examples/custom-apis/custom-apis.json';
const module = 'examples/custom-apis/custom-apis.ts';

async function started(customApis: readonly CustomApi[], name: string, inputs: object) {
  const kit = createKit({ customApis });
  const accepted = await kit.call('POST', `/api/data/v9.2/${name}`, {
    headers: { prefer: 'respond-async' },
    body: inputs,
  });
  expect(accepted.status, accepted.body).toBe(202);
  const id = accepted.headers.find(([header]) => header === 'x-ms-dyn-backgroundoperationid')?.[1] ?? '';
  return { kit, status: () => kit.monitor(id) };
}

describe('the examples of custom APIs', () => {
  it.each([json, module])('docs/custom-apis.md shows %s whole', (file) => {
    const shown = readFileSync(`${root}docs/custom-apis.md`, 'utf8');
    const kind = file.endsWith('.json') ? 'json' : 'ts';
    const text = readFileSync(root + file, 'utf8').replace(
      '../../docs/',
      './node_modules/background-operations-simulator/docs/',
    );
    expect(shown.includes(`\`\`\`${kind}\n${text}\`\`\`\n`), `Copy ${file} into its block.`).toBe(true);
  });

  it('an export takes its time and returns its inputs', async () => {
    const { kit, status } = await started(await loadCustomApis(root + json), 'contoso_Export', {
      Format: 'csv',
      Rows: 7,
    });
    await kit.simulator.clock.advance(44_000);
    expect(await status()).toMatchObject({ backgroundOperationStatusCode: 20 });
    await kit.simulator.clock.advance(2_000);
    const done = await status();
    expect(done).toMatchObject({ backgroundOperationStatusCode: 30, Rows: 7, Complete: true });
    expect(done?.['Url']).toMatch(/^https:\/\/files\.contoso\.example\/[0-9a-f-]{36}\.csv$/);
  });

  it('a flaky one fails, times out and succeeds', async () => {
    const { kit, status } = await started(await loadCustomApis(root + json), 'contoso_Flaky', {});
    await kit.simulator.clock.advance(1_000);
    expect(await status()).toMatchObject({ backgroundOperationStatusCode: 0 });
    await kit.simulator.clock.advance(600_000);
    expect(await status()).toMatchObject({ backgroundOperationStatusCode: 30, Attempt: 3 });
  });

  it('a module may have custom APIs in code', async () => {
    const { kit, status } = await started(customApisFrom(inCode), 'contoso_Half', { Of: 5 });
    await kit.simulator.clock.advance(6_000);
    expect(await status()).toMatchObject({ backgroundOperationStatusCode: 30, Is: 2.5 });
  });
});
