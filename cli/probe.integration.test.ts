import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { PlainAnswer, PlainRequest } from '../simulator/plain.ts';
import { startServer, type RunningServer } from '../simulator/server.ts';
import { sendByNode } from '../simulator/send-by-node.ts';
import { createSimulator } from '../simulator/simulator.ts';
import { bgop, emptyFolder, resultIn, start } from './fixtures/bgop.ts';

const minutes = 60_000;
const assembly = fileURLToPath(new URL('../harness/installation/fixtures/signed.dll', import.meta.url));
const unsigned = fileURLToPath(new URL('../harness/installation/fixtures/unsigned.dll', import.meta.url));

type Intercept = (request: PlainRequest) => PlainAnswer | undefined;
let tenant: RunningServer | undefined;

afterEach(async () => {
  await tenant?.close();
  tenant = undefined;
});

/** A tenant without the probe, and a folder whose configuration reaches it. */
async function tenantWithoutProbe(probe?: object, intercept: Intercept = () => undefined) {
  const simulator = createSimulator({ probe: false, send: sendByNode });
  const handle = (request: PlainRequest) => intercept(request) ?? simulator.handle(request);
  tenant = await startServer({ ...simulator, handle });
  const target = {
    kind: 'url',
    url: tenant.url,
    auth: { kind: 'simulator-user', user: 'initiator' },
    clock: { kind: 'virtual', url: '/simulator/clock' },
    ...(probe === undefined ? {} : { probe }),
  };
  const folder = await emptyFolder();
  await writeFile(path.join(folder, 'bgop.config.json'), JSON.stringify({ target }));
  return { folder, run: (...args: string[]) => bgop(folder, ...args) };
}

describe('bgop probe', () => {
  it(
    'installs a probe with which clauses can be verified, and takes it away again',
    async () => {
      const { folder, run } = await tenantWithoutProbe();
      const before = await run('probe', 'status');
      expect([before.status, before.out]).toEqual([
        1,
        expect.stringContaining('absent   custom API bgop_Probe'),
      ]);

      const dry = await run('probe', 'install', '--assembly', assembly, '--dry-run');
      expect([dry.status, dry.out]).toEqual([
        0,
        expect.stringContaining('would create  custom API bgop_Probe'),
      ]);
      expect((await run('probe', 'status')).out).toBe(before.out);

      const installed = await run('probe', 'install', '--assembly', assembly);
      expect(installed).toMatchObject({ status: 0, err: '' });
      expect(installed.out.match(/^created/gm)).toHaveLength(11);
      expect((await run('probe', 'install', '--assembly', assembly)).out).not.toMatch(
        /created|changed|deleted/,
      );
      expect(await run('probe', 'status')).toMatchObject({
        status: 0,
        out: expect.stringContaining('plug-in type Bgop.Probe.ProbePlugin in Bgop.Probe 1.2.3.4') as string,
      });

      const clauses = [
        'submit.accepted',
        'monitor.outputs-on-success',
        'retry.recovers',
        'error.platform-code',
        'error.plug-in-code',
      ];
      const verified = await run('verify', ...clauses.flatMap((id) => ['--only', id]));
      expect(verified.status, verified.out + verified.err).toBe(0);
      expect((await resultIn(folder))?.summary).toMatchObject({
        passed: clauses.length - 1,
        observed: 1,
        failed: 0,
      });

      const removed = await run('probe', 'remove');
      expect(removed).toMatchObject({ status: 0, err: '' });
      expect(removed.out.match(/^deleted/gm)).toHaveLength(11);
      expect((await run('probe', 'status')).out).toBe(before.out);
      expect((await run('probe', 'remove')).out).toContain('There is no bgop_Probe');
    },
    2 * minutes,
  );

  it('is not there where bgop simulate was told so, and can be installed there', async () => {
    const folder = await emptyFolder();
    const simulator = start(folder, ['simulate', '--no-probe', '--write-config', 'bgop.config.json']);
    await simulator.says('listening on ');
    const before = await bgop(folder, 'probe', 'status');
    const installed = await bgop(folder, 'probe', 'install', '--assembly', assembly);
    const after = await bgop(folder, 'probe', 'status');
    simulator.child.kill('SIGTERM');
    await simulator.ended;
    expect([before.status, installed.status, after.status]).toEqual([1, 0, 0]);
  }, 60_000);

  it('says that a probe without its plug-in does nothing, and completes it', async () => {
    const { folder, run } = await tenantWithoutProbe();
    const bare = await run('probe', 'install');
    expect([bare.status, bare.out]).toEqual([0, expect.stringContaining('so it does nothing')]);
    expect((await run('probe', 'status')).status).toBe(1);
    const completed = await run('probe', 'install', '--assembly', assembly);
    expect(completed.out).toContain('changed  custom API bgop_Probe: plug-in type');
    const renewed = path.join(folder, 'renewed.dll');
    await writeFile(renewed, Buffer.concat([await readFile(assembly), Buffer.of(0)]));
    const again = await run('probe', 'install', '--assembly', renewed);
    expect(again.out.match(/^(?:created|changed|deleted) .*/gm)).toEqual([
      'changed  plug-in assembly Bgop.Probe: description, content',
    ]);
    expect((await run('probe', 'status')).status).toBe(0);
  }, 60_000);

  it('goes on from where an installation was refused, and says what was created', async () => {
    let refusing = true;
    const { run } = await tenantWithoutProbe(undefined, ({ method, body }) => {
      if (method !== 'POST' || !refusing || !body.includes('"Flag"')) return undefined;
      const error = { code: '0x80040265', message: 'A plug-in of this tenant says no.' };
      return { status: 400, headers: [], body: JSON.stringify({ error }) };
    });
    const stopped = await run('probe', 'install', '--assembly', assembly);
    expect(stopped.status).toBe(1);
    expect(stopped.err).toContain(
      'could not create the response property Flag: the target refused to create a row of ' +
        'customapiresponseproperties: 400 0x80040265 A plug-in of this tenant says no. ' +
        'Done before: created plug-in assembly Bgop.Probe,',
    );
    expect(stopped.err).not.toContain('    at ');
    refusing = false;
    const completed = await run('probe', 'install', '--assembly', assembly);
    expect([completed.status, completed.out.match(/^created .*/gm)?.length]).toEqual([0, 4]);
    expect((await run('probe', 'status')).status).toBe(0);
  }, 60_000);

  it('ends with 3 and says what was created when the target is lost on the way', async () => {
    const { run } = await tenantWithoutProbe(undefined, ({ method, path: resource }) => {
      if (method === 'POST' && resource.endsWith('/customapirequestparameters'))
        tenant?.close().catch(() => 0);
      return undefined;
    });
    const lost = await run('probe', 'install', '--assembly', assembly);
    expect(lost.status).toBe(3);
    // A target that goes answers what is in flight, so that either parameter may be the first one lost.
    expect(lost.err).toMatch(/could not create the request parameter (?:ControlUrl|Payload)/);
    expect(lost.err).toContain('created custom API bgop_Probe');
  }, 60_000);

  it('leaves alone what others made', async () => {
    const { run } = await tenantWithoutProbe();
    const name = ['--name', 'sample_Echo'];
    const refused = await run('probe', 'install', ...name);
    expect(refused.status).toBe(1);
    expect(refused.err).toContain(
      'custom API sample_Echo is there, but "bgop probe install" did not make it',
    );
    expect(refused.err).toContain('nothing was changed');
    expect((await run('probe', 'remove', ...name)).status).toBe(1);
    expect((await run('probe', 'status', ...name)).out).toContain('sample_Echo, not installed by bgop');
  }, 60_000);

  it.each([
    [['install', '--name', 'Probe'], 'is not a unique name of a custom API'],
    [['install', '--assembly', unsigned], 'is not signed'],
    [['install', '--assembly', 'absent.dll'], 'cannot be read'],
    [['install', '--target', 'simulator'], 'Wanted one at an address'],
    [['install', '--asembly', 'x'], 'Did you mean --assembly?'],
  ])('%j ends with 2', async (args, message) => {
    const ended = await bgop(await emptyFolder(), 'probe', ...args);
    expect([ended.status, ended.err]).toEqual([2, expect.stringContaining(message)]);
  });

  it('ends with 1 where the user may not, and with 3 where nobody listens', async () => {
    const { folder, run } = await tenantWithoutProbe();
    await writeFile(
      path.join(folder, 'poor.json'),
      JSON.stringify({
        target: { kind: 'url', url: tenant?.url, auth: { kind: 'simulator-user', user: 'unprivileged' } },
      }),
    );
    const refused = await run('probe', 'install', '--config', 'poor.json');
    expect([refused.status, refused.err]).toEqual([1, expect.stringContaining('System Customizer')]);
    expect((await run('probe', 'status', '--target', 'http://127.0.0.1:9')).status).toBe(3);
  }, 60_000);

  it.each([[], ['install'], ['remove'], ['status']])('%j --help shows an example', async (...words) => {
    const ended = await bgop(await emptyFolder(), 'probe', ...words, '--help');
    expect([ended.status, ended.out]).toEqual([0, expect.stringMatching(/Examples?:/)]);
  });
});

describe('fixed custom APIs in place of the probe', () => {
  const fixed = {
    kind: 'fixed',
    succeeds: { name: 'sample_Echo', body: { StringValue: 'seen' }, outputs: { StringValue: 'seen' } },
    fails: {
      name: 'sample_ExportDataUsingFetchXmlToAnnotation',
      body: { FetchXml: 'none' },
      errorCode: -2147220989,
      errorMessage: 'FetchXml is not a fetch element.',
    },
  };

  it(
    'decide what needs no control of attempts, and leave the rest untested',
    async () => {
      const { folder, run } = await tenantWithoutProbe(fixed);
      const clauses = ['monitor.outputs-on-success', 'monitor.error-on-failure', 'error.platform-code'];
      const needy = ['retry.at-most-three', 'time-limit.fails-beyond'];
      const ended = await run('verify', ...[...clauses, ...needy].flatMap((id) => ['--only', id]));
      expect(ended.status, ended.out + ended.err).toBe(0);
      const verdicts = new Map((await resultIn(folder))?.clauses.map(({ id, verdict }) => [id, verdict]));
      expect(clauses.map((id) => verdicts.get(id))).toEqual(['passed', 'passed', 'passed']);
      expect(needy.map((id) => verdicts.get(id))).toEqual(['not-tested', 'not-tested']);
    },
    2 * minutes,
  );

  it(
    'find what is broken',
    async () => {
      const outputs = { StringValue: 'not what comes' };
      const { folder, run } = await tenantWithoutProbe({
        ...fixed,
        succeeds: { ...fixed.succeeds, outputs },
      });
      const ended = await run('verify', '--only', 'monitor.outputs-on-success');
      expect(ended.status, ended.out + ended.err).toBe(1);
      expect((await resultIn(folder))?.summary).toMatchObject({ failed: 1 });
    },
    2 * minutes,
  );

  it('need no probe', async () => {
    const { run } = await tenantWithoutProbe(fixed);
    const refused = await run('probe', 'install');
    expect([refused.status, refused.err]).toEqual([2, expect.stringContaining('needs no probe')]);
  });
});
