import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bgop, emptyFolder, resultIn } from './fixtures/bgop.ts';

const origin = 'https://contoso.crm.dynamics.com';
const id = '0f0e0d0c-0b0a-4909-8807-060504030201';
const secrets = ['eyJhbGciOiJub25lIn0.secret-of-the-token', 'secret-of-the-signature'];
const [token = '', signature = ''] = secrets;

function entry(second: number, method: string, url: string, more: Record<string, string>, answer: unknown) {
  const headers = Object.entries({ Authorization: `Bearer ${token}`, ...more });
  return {
    startedDateTime: new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString(),
    time: 12,
    request: { method, url, headers: headers.map(([name, value]) => ({ name, value })) },
    response: answer,
  };
}

const monitor = `${origin}/api/backgroundoperation/${id}`;
const prefer = `respond-async,odata.callback;url="https://client.example/done?sig=${signature}"`;
const accepted = {
  status: 202,
  headers: [
    { name: 'Location', value: monitor },
    { name: 'x-ms-dyn-backgroundoperationid', value: id },
    { name: 'Preference-Applied', value: 'callback' },
  ],
  content: { text: `{"backgroundOperationId":"${id}","location":"${monitor}"}` },
};
const running = {
  status: 200,
  headers: [{ name: 'Content-Type', value: 'application/json' }],
  content: { text: '{"backgroundOperationStateCode":2,"backgroundOperationStatusCode":20}' },
};

/** A client that is right but for one thing: it reads the monitor without its token. */
const archive = JSON.stringify({
  log: {
    version: '1.2',
    entries: [
      entry(0, 'POST', `${origin}/api/data/v9.2/my_Api`, { Prefer: prefer }, accepted),
      entry(60, 'GET', monitor, {}, running),
      { ...entry(120, 'GET', monitor, {}, running), request: { method: 'GET', url: monitor, headers: [] } },
    ],
  },
});

it('judges files, writes the report with secrets masked, and says what is wrong with a file', async () => {
  const folder = await emptyFolder();
  await writeFile(path.join(folder, 'whole.har'), archive);
  await writeFile(path.join(folder, 'cut.har'), archive.slice(0, -300));
  await writeFile(path.join(folder, 'bad.har'), '<html>no traffic</html>');
  const [whole, cut, bad] = await Promise.all([
    bgop(folder, 'traffic', 'whole.har'),
    bgop(folder, 'traffic', 'cut.har', '--report', 'of the cut file'),
    bgop(folder, 'traffic', 'bad.har', '--report', 'never'),
  ]);

  expect(whole).toMatchObject({ status: 1, err: 'whole.har: 3 exchanges (HAR)\n' });
  expect(whole.out).toContain('1 background operation in 3 exchanges.');
  expect(whole.out).toContain(`✕ client-access.credentials: GET ${monitor} carries no credentials`);
  expect(whole.out).toContain('Report: conformance-traffic/index.html, operations: operations.html');
  const result = await resultIn(folder, 'conformance-traffic');
  expect(result?.clauses.find(({ verdict }) => verdict === 'failed')).toMatchObject({
    id: 'client-access.credentials',
    checks: [
      {
        evidence: [
          { kind: 'history', operationId: id },
          { kind: 'exchange', principal: 'no credentials' },
        ],
      },
    ],
  });
  const files = await readdir(path.join(folder, 'conformance-traffic'), {
    recursive: true,
    withFileTypes: true,
  });
  const texts = await Promise.all(
    files.filter((one) => one.isFile()).map((one) => readFile(path.join(one.parentPath, one.name), 'utf8')),
  );
  expect(files.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['index.html', 'operations.html', 'conformance.json', 'junit.xml']),
  );
  for (const secret of secrets) expect(texts.join() + whole.out + whole.err).not.toContain(secret);

  expect(cut.status).toBe(3);
  expect(cut.out).toMatch(/cut\.har is cut or damaged after 2 exchanges/);
  expect((await resultIn(folder, 'of the cut file'))?.run.incomplete).toMatch(/cut\.har is cut or damaged/);
  expect(bad).toMatchObject({ status: 2, out: '' });
  expect(bad.err).toMatch(/bad\.har is no JSON\. Wanted a HAR file \(1\.2\), JSON lines/);
  expect(await readdir(folder)).not.toContain('never');
  await rm(folder, { recursive: true });
}, 60_000);
