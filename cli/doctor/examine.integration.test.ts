import { describe, expect, it } from 'vitest';
import { serve } from '../fixtures/bgop.ts';
import { broken, closing, examined, expectWrong, user, wrongOnly } from '../fixtures/patients.ts';

describe('bgop doctor on users', () => {
  it('names the variable of a secret that is missing, and goes on with the others', async () => {
    const bearer = { kind: 'bearer', tokenEnv: 'BGOP_TEST_ABSENT' };
    const findings = await examined({ auth: bearer });
    expectWrong(findings, 'token', 'BGOP_TEST_ABSENT is not set', 'export BGOP_TEST_ABSENT=');
    expect(findings.get('unprivileged-user')?.outcome).toBe('ok');
  });

  it('says so when no token comes, and does not tell the secret', async () => {
    const auth = {
      kind: 'client-credentials',
      tenantId: 't',
      clientId: 'c',
      clientSecretEnv: 'BGOP_TEST_SECRET',
    };
    const away = { ...auth, authority: 'http://127.0.0.1:9' };
    process.env['BGOP_TEST_SECRET'] = 'a secret of the test';
    const findings = await examined({ auth: away }, {}, process.env);
    delete process.env['BGOP_TEST_SECRET'];
    expect(wrongOnly(findings)).toEqual(['token']);
    expect(JSON.stringify([...findings])).not.toContain('a secret of the test');
  });

  it('wants another user for the other user', async () => {
    const findings = await examined({ otherUserAuth: user('initiator') });
    expectWrong(findings, 'other-user', 'is the initiator', 'Name another user in target.otherUserAuth');
  });

  it('wants a user without the privileges for the unprivileged one', async () => {
    const findings = await examined({ unprivilegedAuth: user('other') });
    expectWrong(findings, 'unprivileged-user', 'may read operations', 'prvReadbackgroundoperation');
  });

  it('says which privilege the initiator lacks', async () => {
    const target = await broken((method, address) =>
      method === 'DELETE' && address.startsWith('/api/backgroundoperation/') ? { status: 403 } : undefined,
    );
    const findings = await examined(target);
    expect(wrongOnly(findings)).toEqual(['privileges', 'other-user']);
    expect(findings.get('privileges')?.told).toContain('the initiator may not cancel operations');
    expect(findings.get('privileges')?.mend).toContain('prvWritebackgroundoperation');
  });
});

describe('bgop doctor on a table and a clock', () => {
  it('says how to do without a table', async () => {
    const target = await broken((_method, address) =>
      address.includes('/backgroundoperations') ? { status: 404, body: '{}' } : undefined,
    );
    expectWrong(await examined(target), 'table', 'answered 404', 'set target.table to false');
  });

  it('sees a virtual clock that does not move by what it is told', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const clock = await serve((_request, response) => {
      response.end(JSON.stringify({ now: new Date((now += 60_000)).toISOString() }));
    });
    closing.push(clock.close);
    const findings = await examined({ clock: { kind: 'virtual', url: clock.url } });
    expectWrong(findings, 'clock', 'moved by 60000 ms', 'time must stand still');
  });

  it('sees a real clock that is an hour off', async () => {
    const late = new Date(Date.now() - 3_600_000).toUTCString();
    const target = await broken(() => ({ headers: { date: late } }));
    const findings = await examined({ ...target, clock: { kind: 'real' } });
    expectWrong(findings, 'clock', 's behind this machine’s', 'Set both by NTP');
  });
});

describe('bgop doctor on the listener', () => {
  it('says so when its port is taken, and looks at the rest', async () => {
    const taken = await serve((_request, response) => response.end());
    closing.push(taken.close);
    const findings = await examined({}, { listener: { port: Number(new URL(taken.url).port) } });
    expectWrong(findings, 'listener', 'EADDRINUSE', 'Choose another listener.port');
    expect(findings.get('probe')).toMatchObject({ outcome: 'skipped', told: 'fix listener first' });
    expect(findings.get('events')?.outcome).toBe('ok');
  });

  it('asks itself through publicUrl', async () => {
    const free = await serve((_request, response) => response.end());
    await free.close();
    const port = Number(new URL(free.url).port);
    const findings = await examined({}, { listener: { port, publicUrl: free.url } });
    expect(wrongOnly(findings)).toEqual([]);
    expect(findings.get('listener')?.told).toContain('arrives at the listener');
  });

  it('sees a tunnel that decodes addresses on their way, and lets no run begin behind it', async () => {
    const free = await serve((_request, response) => response.end());
    await free.close();
    const port = Number(new URL(free.url).port);
    const tunnel = await serve((request, response) => {
      const address = `http://127.0.0.1:${port}${(request.url ?? '/').replace('%2B', '+')}`;
      fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }).then(
        ({ status }) => response.writeHead(status).end('{}'),
        () => response.destroy(),
      );
    });
    closing.push(tunnel.close);
    const findings = await examined({}, { listener: { port, publicUrl: tunnel.url } });
    expect(findings.get('listener')).toMatchObject({ outcome: 'wrong', unready: 'misconfigured' });
    expect(findings.get('listener')?.told).toContain('it changes the address');
  });

  it('sees a publicUrl that leads elsewhere', async () => {
    const elsewhere = await serve((_request, response) => response.writeHead(502).end());
    closing.push(elsewhere.close);
    const findings = await examined({}, { listener: { port: 0, publicUrl: elsewhere.url } });
    expectWrong(findings, 'listener', 'something else answered 502', 'a fixed listener.port is needed');
  });
});

describe('bgop doctor on the probe', () => {
  const isProbe = (method: string, address: string): boolean =>
    method === 'POST' && address.endsWith('/bgop_Probe');

  it('says how to get a probe that is not installed', async () => {
    const probe = { kind: 'control', customApi: 'contoso_Probe' };
    expectWrong(await examined({ probe }), 'probe', 'contoso_Probe is not installed', 'bgop probe install');
  });

  it('sees a custom API that is no probe', async () => {
    const target = await broken((method, address) =>
      isProbe(method, address) ? { status: 200, body: '{}' } : undefined,
    );
    expectWrong(await examined(target), 'probe', 'without a call to the listener', 'is not a probe');
  });

  it('sees a probe that cannot reach the listener', async () => {
    const target = await broken((method, address) =>
      isProbe(method, address) ? { status: 500, body: '{"error":{"message":"timeout"}}' } : undefined,
    );
    expectWrong(await examined(target), 'probe', 'timeout', 'set listener.publicUrl');
  });

  it('sees a probe that does not obey', async () => {
    const target = await broken((method, address) =>
      isProbe(method, address) ? { body: '{"Text":"something else"}' } : undefined,
    );
    expectWrong(await examined(target), 'probe', 'did not obey', 'the probe of this version');
  });

  it('cancels an operation that should not have been one', async () => {
    const target = await broken((method, address) =>
      isProbe(method, address) ? { adds: { Prefer: 'respond-async' } } : undefined,
    );
    const findings = await examined(target);
    expect(wrongOnly(findings)).toEqual(['probe']);
    expect(findings.get('probe')?.mend).toBeDefined();
  });

  it('compares its display name with the configuration', async () => {
    const probe = { kind: 'control', displayName: 'Probe of Contoso' };
    expectWrong(await examined({ probe }), 'probe', 'and not "Probe of Contoso"', 'target.probe.displayName');
  });

  it('looks fixed custom APIs up without calling them', async () => {
    const right = { kind: 'fixed', succeeds: { name: 'sample_Echo' } };
    expect((await examined({ probe: right })).get('probe')).toMatchObject({ outcome: 'ok' });
    const absent = { ...right, fails: { name: 'contoso_Broken' } };
    expectWrong(await examined({ probe: absent }), 'probe', 'no custom API contoso_Broken', 'target.probe');
  });
});

describe('bgop doctor on events', () => {
  it.each(['serviceendpoints', 'sdkmessageprocessingsteps'])(
    'sees that no row of %s may be created, and leaves none of the others',
    async (set) => {
      const target = await broken((method, address) =>
        method === 'POST' && address.endsWith(`/${set}`) ? { status: 403 } : undefined,
      );
      expectWrong(
        await examined(target),
        'events',
        `a row of ${set}: POST answered 403`,
        'Give the initiator',
      );
    },
  );

  it('takes away what was created by an answer that does not tell what', async () => {
    const target = await broken((method, address) =>
      method === 'POST' && address.endsWith('/serviceendpoints')
        ? { headers: { 'odata-entityid': 'somewhere' } }
        : undefined,
    );
    expectWrong(await examined(target), 'events', 'could not create a row of serviceendpoints', 'Give');
  });
});
