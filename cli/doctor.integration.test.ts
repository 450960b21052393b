import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startServer } from '../simulator/server.ts';
import type { DoctorFinding } from './doctor/finding.ts';
import { bgop, emptyFolder, start } from './fixtures/bgop.ts';
import { makeCertificates } from './fixtures/certificates.ts';
import { broken, closing, configuration, examined, expectWrong, server } from './fixtures/patients.ts';

describe('bgop doctor', () => {
  it('finds nothing wrong with the simulator, as its configuration describes it', async () => {
    const folder = await emptyFolder();
    await writeFile(
      path.join(folder, 'bgop.config.json'),
      JSON.stringify(configuration({ sdk: true, echo: 'sample_Echo' })),
    );
    const ended = await bgop(folder, 'doctor');
    expect(ended, ended.out).toMatchObject({ status: 0, err: '' });
    expect(ended.out).toContain('13 ok, 0 wrong, 1 skipped.');
  });

  it('tells programs the same as JSON, and ends with 1', async () => {
    const ended = await bgop(await emptyFolder(), 'doctor', '--target', server.url, '--format', 'json');
    expect(ended).toMatchObject({ status: 1, err: '' });
    const told = JSON.parse(ended.out) as { ok: boolean; checks: DoctorFinding[]; target: object };
    expect(told).toMatchObject({ ok: false, target: { url: server.url } });
    expect(told.checks.find(({ outcome }) => outcome === 'wrong')).toEqual({
      id: 'who-am-i',
      outcome: 'wrong',
      told: expect.stringContaining('GET answered 401') as string,
      mend: 'The target wants a token: set target.auth.',
    });
  });

  it.each([
    ['http://127.0.0.1:9', 'http', 'Nothing listens there'],
    ['http://no-such-host.invalid', 'dns', 'The host name is not known'],
  ])('ends with 3 when %s is not reached, and says at which step', async (url, id, advice) => {
    const ended = await bgop(await emptyFolder(), 'doctor', '--target', url);
    expect(ended).toMatchObject({ status: 3, err: '' });
    expect(ended.out).toMatch(new RegExp(`wrong +${id} `));
    expect(ended.out).toContain(advice);
    expect(ended.out).toContain('the target was not reached');
  });

  it('ends with 2 for a configuration that is none', async () => {
    const ended = await bgop(await emptyFolder(), 'doctor', '--config', 'nowhere.json');
    expect(ended).toMatchObject({ status: 2, out: '' });
    expect(ended.err).toContain('no such file');
  });

  it('tells a target that speaks no TLS from one that is away', async () => {
    const findings = await examined({ url: server.url.replace('http:', 'https:') });
    expectWrong(findings, 'tls', 'WRONG_VERSION', 'should the address begin with http:?');
  });
});

describe('bgop doctor on TLS', () => {
  it('wants a certificate that is trusted, and says how to make it so', async () => {
    const { caFile, tls } = await makeCertificates(await emptyFolder());
    const secure = await startServer({ clock: 'virtual' }, { tls });
    closing.push(secure.close);
    const folder = await emptyFolder();
    const args = ['doctor', '--target', secure.url];
    const stranger = await start(folder, args, { NODE_EXTRA_CA_CERTS: '' }).ended;
    expect(stranger).toMatchObject({ status: 3 });
    expect(stranger.out).toMatch(/ok +dns /);
    expect(stranger.out).toMatch(/wrong +tls /);
    expect(stranger.out).toContain('name its authority in NODE_EXTRA_CA_CERTS');
    const friend = await start(folder, args, { NODE_EXTRA_CA_CERTS: caFile }).ended;
    expect(friend.out).toMatch(/ok +tls /);
    expect(friend.out).toMatch(/ok +http /);
  });
});

describe('bgop doctor, interrupted,', () => {
  it('leaves nothing when it is interrupted while it has something registered', async () => {
    const folder = await emptyFolder();
    let interrupt: () => void = () => undefined;
    const registering = new Promise<void>((resolve) => (interrupt = resolve));
    const target = await broken((method, address) => {
      if (method === 'POST' && address.endsWith('/sdkmessageprocessingsteps')) interrupt();
      return undefined;
    });
    await writeFile(path.join(folder, 'bgop.config.json'), JSON.stringify(configuration(target)));
    const running = start(folder, ['doctor']);
    await registering;
    running.child.kill('SIGINT');
    await running.ended;
    expect(running.child.signalCode).toBe('SIGINT');
  });
});
