import { cancelPart, rowPart, sendBatch } from './batch-steps.ts';
import {
  afterSubmit,
  bearer,
  cancelMonitor,
  cancelRow,
  insist,
  listAll,
  minute,
  poll,
  getMonitor,
  receiving,
  submit,
  webApi,
  callbackPreference,
} from './steps.ts';
import type { WrongClients } from './wrong-requests.ts';
import type { SmallClient } from './world.ts';

/** Cancels by a PATCH that differs, and follows it up. */
function patching(body: string, headers?: Readonly<Record<string, string>>): SmallClient {
  return afterSubmit(async (world, accepted) => {
    await cancelRow(world, accepted, { body, ...(headers === undefined ? {} : { headers }) });
    await poll(world, accepted);
  });
}

const both = '{"backgroundoperationstatecode":2,"backgroundoperationstatuscode":22}';

/** Lists two operations by pages that are followed in another way. */
function listing(follow: Parameters<typeof listAll>[1]): SmallClient {
  return async (world) => {
    const accepted = [await submit(world), await submit(world), await submit(world)];
    for (const one of accepted) await poll(world, one);
    await listAll(world, follow);
  };
}

/** Is refused twice with Retry-After, and asks again after so many milliseconds. */
function refusedTwice(waitMs: number): SmallClient {
  return afterSubmit(async (world, accepted) => {
    const { control } = world.simulator;
    control.faults.add({
      match: { path: '/api/backgroundoperation/*' },
      status: 429,
      retryAfter: 30,
      times: 2,
    });
    await world.wait(minute);
    for (let tries = 0; tries < 3; tries += 1) {
      const { status } = await getMonitor(world, accepted);
      if (status === 200) break;
      await world.wait(waitMs);
    }
    await poll(world, accepted);
  });
}

/** Clients that wait, cancel or listen wrongly. */
export const wrongConduct: WrongClients = {
  'client-poll.interval': {
    'every-second': afterSubmit((world, accepted) => poll(world, accepted, getMonitor, 1_000)),
    'every-ten-seconds-by-batch': afterSubmit(async (world, accepted) => {
      for (let polls = 0; polls < 30; polls += 1) {
        await world.wait(10_000);
        const answer = await sendBatch(world, [rowPart(accepted)]);
        if (answer.includes('"backgroundoperationstatecode":3')) return;
      }
    }),
    'every-ten-seconds': afterSubmit((world, accepted) => poll(world, accepted, getMonitor, 10_000)),
    'back-off-from-one-second': afterSubmit(async (world, accepted) => {
      for (let waitMs = 1_000; waitMs < 200_000; waitMs *= 2) {
        await world.wait(waitMs);
        const { body } = await getMonitor(world, accepted);
        if (body.includes('"backgroundOperationStateCode":3')) return;
      }
    }),
  },
  'client-poll.until-terminal': {
    'one-look': afterSubmit(async (world, accepted) => {
      await world.wait(minute);
      await getMonitor(world, accepted);
    }),
    'takes-waiting-for-the-end': async (world) => {
      const accepted = await submit(world, { body: '{"FetchXml":"fail"}' });
      await world.wait(110_000);
      await getMonitor(world, accepted);
    },
  },
  'client-poll.gone': {
    'polls-on': afterSubmit(async (world, accepted) => {
      await world.wait(91 * 86_400_000);
      for (let polls = 0; polls < 5; polls += 1) {
        await world.wait(minute);
        await world.send({ url: accepted.location, headers: bearer });
      }
    }),
    'polls-an-id-that-is-none': async (world) => {
      for (let polls = 0; polls < 4; polls += 1) {
        await world.wait(minute);
        await world.send({
          url: '/api/backgroundoperation/00000000-0000-4000-8000-000000000000',
          headers: bearer,
        });
      }
    },
  },
  'client-poll.retry-after': {
    'at-once': refusedTwice(0),
    'too-early': refusedTwice(10_000),
  },
  'client-poll.next-link': {
    'decodes-it': listing((link, headers) => ({
      url: link
        .replace(/%3C/i, '%3c')
        .replace('$skiptoken', '%24skiptoken')
        .replace('%24', '$')
        .replace(/$/, '&$count=true'),
      headers,
    })),
    'adds-a-filter': listing((link, headers) => ({ url: `${link}&$filter=retrycount%20eq%200`, headers })),
  },
  'client-poll.page-size': {
    'drops-it': listing((url, headers) => ({
      url,
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'Prefer')),
    })),
    'changes-it': listing((url, headers) => ({
      url,
      headers: { ...headers, Prefer: 'odata.maxpagesize=2' },
    })),
  },
  'client-cancel.if-match': {
    'no-if-match-in-a-change-set': afterSubmit(async (world, accepted) => {
      await sendBatch(world, [[cancelPart(accepted, {})]]);
      await poll(world, accepted);
    }),
    'no-if-match': patching(both, { ...bearer, 'Content-Type': 'application/json' }),
  },
  'client-cancel.both-codes': {
    'status-only': patching('{"backgroundoperationstatuscode":22}'),
    'state-only': patching('{"backgroundoperationstatecode":2}'),
    'final-codes': patching('{"backgroundoperationstatecode":3,"backgroundoperationstatuscode":32}'),
    'as-text': patching('{"backgroundoperationstatecode":"2","backgroundoperationstatuscode":"22"}'),
  },
  'client-cancel.documented-ways': {
    'deletes-the-row': afterSubmit(async (world, { id }) => {
      await world.send({ method: 'DELETE', url: `${webApi}/backgroundoperations(${id})`, headers: bearer });
    }),
  },
  'client-cancel.not-after-refusal': {
    'again-and-again': async (world) => {
      const accepted = await submit(world);
      await world.wait(180_000);
      for (let tries = 0; tries < 3; tries += 1) await cancelMonitor(world, accepted);
      await getMonitor(world, accepted);
    },
    'the-other-way': async (world) => {
      const accepted = await submit(world);
      await world.wait(180_000);
      await cancelMonitor(world, accepted);
      await cancelRow(world, accepted);
      await getMonitor(world, accepted);
    },
  },
  'client-cancel.not-after-end': {
    'after-success': afterSubmit(async (world, accepted) => {
      await poll(world, accepted);
      await cancelMonitor(world, accepted);
    }),
  },
  'client-cancel.follows-up': {
    'fire-and-forget': afterSubmit(async (world, accepted) => {
      const { status } = await cancelMonitor(world, accepted);
      insist(status === 200, `the cancellation was answered ${status}`);
    }),
  },
  'client-notify.reads-result': {
    'takes-the-callback-for-the-result': async (world) => {
      await submit(world, callbackPreference(world));
      await world.wait(180_000);
    },
  },
  'client-notify.url-is-enough': {
    'wants-a-key': receiving(() => ({ status: 401 })),
    'forbids-strangers': receiving(() => ({ status: 403 })),
  },
  'client-notify.answers': {
    fails: receiving(() => ({ status: 500 })),
    redirects: receiving(() => ({ status: 302 })),
    'is-not-there': receiving(() => ({ status: 404 })),
  },
  'client-notify.in-time': {
    slow: receiving(() => ({ status: 204, tookMs: 75_000 })),
  },
  'client-notify.takes-post': {
    'wants-get': receiving(() => ({ status: 405 })),
    'wants-a-form': receiving(() => ({ status: 415 })),
  },
};
