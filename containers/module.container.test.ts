import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getContainerRuntimeClient } from 'testcontainers';
import { describe, expect, it } from 'vitest';
import { BackgroundOperationsSimulator } from './background-operations-simulator.ts';
import type { StartedBackgroundOperationsSimulator } from './started-simulator.ts';

// Set by scripts/test-containers.mjs, which provides the engine and the image.
const { BGOP_TEST_IMAGE: image } = process.env;
const minute = 60_000;
/** Tells these containers from those of tests that run beside. */
const label = 'bgop.test';

function module(): BackgroundOperationsSimulator {
  return new BackgroundOperationsSimulator(image).withLabels({ [label]: 'module' });
}

/** These tests' containers that are on the engine, running or not. */
async function containersThere(): Promise<number> {
  const { dockerode } = (await getContainerRuntimeClient()).container;
  const listed = await dockerode.listContainers({ all: true, filters: { label: [label] } });
  return listed.length;
}

function submit(simulator: StartedBackgroundOperationsSimulator, token: string, prefer = 'respond-async') {
  return fetch(`${simulator.getWebApiUrl()}sample_Echo`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Prefer: prefer,
      ...(token === '' ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: '{}',
  });
}

describe.skipIf(image === undefined)('the Testcontainers module', () => {
  it(
    'runs an operation on a virtual clock, calls back to this machine, and is gone afterwards',
    async () => {
      const calls: string[] = [];
      const receiver = createServer((request, response) => {
        calls.push(`${request.method} ${request.url}`);
        request.resume();
        response.end();
      });
      await new Promise<void>((resolve) => receiver.listen(0, '0.0.0.0', resolve));
      const { port } = receiver.address() as AddressInfo;
      {
        await using simulator = await module().withVirtualClock().start();
        const before = await simulator.now();
        const callback = `${simulator.getUrlOfHost(port)}/done`;
        expect((await fetch(`${simulator.getUrl()}/simulator/clock`)).status).toBe(401);
        const { initiator } = simulator.tokens;
        const accepted = await submit(simulator, initiator, `respond-async,odata.callback;url="${callback}"`);
        expect(accepted.status).toBe(202);
        const monitor = accepted.headers.get('Location') ?? '';
        expect(new URL(monitor).origin).toBe(simulator.getUrl());
        const status = async () => {
          const answer = await fetch(monitor, { headers: { Authorization: `Bearer ${initiator}` } });
          return ((await answer.json()) as Record<string, unknown>)['backgroundOperationStatusCode'];
        };
        expect(await status()).toBe(0);
        const after = await simulator.advance(minute);
        expect(after.getTime() - before.getTime()).toBe(minute);
        expect(await status()).toBe(30);
        expect(calls).toEqual(['POST /done']);
        expect((await submit(simulator, simulator.tokens.unprivileged)).status).toBe(403);
        await simulator.reset({ clock: true });
        expect(await simulator.now()).toEqual(new Date('2026-01-01T00:00:00Z'));
      }
      receiver.close();
      expect(await containersThere()).toBe(0);
    },
    minute,
  );

  it(
    'passes its options on: deviations, authentication, a host port, and those without a method',
    async () => {
      await using simulator = await module()
        .withDeviations('submit.accepted-ok')
        .withCommand(['--capacity', '2'])
        .withoutAuthentication()
        .withVariation(3)
        .withRetries({ baseMs: 10, factor: 2, jitter: 0 })
        .withAttemptLimit(1_000)
        .withHostPort(28_080)
        .start();
      expect(new URL(simulator.getUrl()).port).toBe('28080');
      expect((await submit(simulator, '')).status).toBe(200);
      await expect(simulator.advance(1)).rejects.toThrow('The clock is real');
    },
    minute,
  );

  it(
    'removes a container whose start fails, and says why it ended',
    async () => {
      const wrong = module().withCommand(['--nonsense']);
      await expect(wrong.start()).rejects.toThrow("unknown option '--nonsense'");
      expect(await containersThere()).toBe(0);
    },
    minute,
  );
});
