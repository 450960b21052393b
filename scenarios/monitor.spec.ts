import {
  formattedValue,
  headers,
  members,
  preferences,
  stateLabels,
  statusLabels,
} from '../contract/vocabulary.ts';
import type { JsonObject } from '../harness/answer.ts';
import { Blocked, clause, expect, test } from '../harness/test.ts';
import { expectJsonObject } from './support/json-body.ts';
import { monitorBody, moments, readWithODataHeaders } from './support/moments.ts';
import { probeOutputs } from './support/probe-outputs.ts';

for (const moment of Object.values(moments)) {
  test(
    `GET of the monitor MUST answer 200 ${moment.when}`,
    clause('monitor.ok', moment),
    async ({ submit, client, clock, target }) => {
      await moment.enter({ submit, clock, target }, async (operation) => {
        const answer = await operation.getMonitor();
        if (answer.status !== 200) {
          const dressed = await readWithODataHeaders(client, operation.parts.monitorUrl);
          if (dressed.status === 200) throw new Blocked('monitor.needs-no-odata-headers', answer.describe());
        }
        expect(answer, 'status', `the status of GET of the monitor ${moment.when}`).toBe(200);
      });
    },
  );

  test(
    `the monitor MUST answer a JSON object as application/json ${moment.when}`,
    clause('monitor.json', moment),
    async ({ submit, clock, target }) => {
      await moment.enter({ submit, clock, target }, async (operation) => {
        const answer = await operation.getMonitor();
        if (answer.status !== 200) throw new Blocked('monitor.ok', answer.describe());
        expect(answer, 'mediaType', `the monitor’s Content-Type ${moment.when}`).toBe('application/json');
        expectJsonObject(answer.body, `the monitor’s body ${moment.when}`);
      });
    },
  );

  test(
    `the monitor MUST show both codes as integers ${moment.when}`,
    clause('monitor.codes', moment),
    async ({ submit, clock, target }) => {
      await moment.enter({ submit, clock, target }, async (operation) => {
        const body = monitorBody(await operation.getMonitor());
        expect(body, members.state, `${members.state} ${moment.when}`).toBeInteger();
        expect(body, members.status, `${members.status} ${moment.when}`).toBeInteger();
      });
    },
  );
}

/** What clients say that they take: JSON before anything else, or anything. */
const anything = ['application/json,text/html;q=0.9,*/*;q=0.8', 'application/json, text/plain, */*', '*/*'];

test(
  'GET of the monitor MUST answer 200, whatever else the client takes as well',
  clause('monitor.ok', { branch: 'many Accept fields' }),
  async ({ submit, client }) => {
    const operation = await submit();
    const path = operation.parts.monitorUrl;
    const usual = await operation.getMonitor();
    if (usual.status !== 200) throw new Blocked('monitor.ok', usual.describe());
    for (const accept of anything) {
      const answer = await client.monitor({ method: 'GET', path, headers: [['Accept', accept]] });
      expect(answer, 'status', `the status of GET of the monitor with Accept: ${accept}`).toBe(200);
    }
  },
);

test(
  'the monitor MUST answer JSON, whatever else the client takes as well',
  clause('monitor.json', { branch: 'many Accept fields' }),
  async ({ submit, client }) => {
    const operation = await submit();
    for (const accept of [...anything, 'application/json;odata.metadata=minimal']) {
      const answer = await client.monitor({
        method: 'GET',
        path: operation.parts.monitorUrl,
        headers: [['Accept', accept]],
      });
      if (answer.status !== 200) throw new Blocked('monitor.ok', answer.describe());
      expect(answer, 'mediaType', `the monitor’s Content-Type with Accept: ${accept}`).toBe(
        'application/json',
      );
      expectJsonObject(answer.body, `the monitor’s body with Accept: ${accept}`);
    }
  },
);

test(
  'GET of the monitor MUST answer 200 to a client that prefers respond-async',
  clause('monitor.ok', { branch: 'with respond-async' }),
  async ({ submit, client, clock, target }) => {
    await moments.executing.enter({ submit, clock, target }, async (operation) => {
      const path = operation.parts.monitorUrl;
      const prefer = [[headers.prefer, preferences.respondAsync]] as const;
      const answer = await client.monitor({ method: 'GET', path, headers: prefer });
      if (answer.status !== 200) {
        const dressed = await readWithODataHeaders(client, path);
        const bare = await operation.getMonitor();
        if (dressed.status === 200 && bare.status !== 200)
          throw new Blocked('monitor.needs-no-odata-headers', bare.describe());
      }
      expect(answer, 'status', 'the status of GET of the monitor with respond-async').toBe(200);
    });
  },
);

test(
  'GET of the monitor MUST answer 200 to a client that wants no answer from a cache',
  clause('monitor.ok', { branch: 'with If-None-Match: null' }),
  async ({ submit, client, clock, target }) => {
    await moments.executing.enter({ submit, clock, target }, async (operation) => {
      const usual = await operation.getMonitor();
      if (usual.status !== 200) throw new Blocked('monitor.ok', usual.describe());
      // Clients of the Web API send it with each request.
      const unlessNull = [['If-None-Match', 'null']] as const;
      for (const time of ['first', 'second']) {
        const path = operation.parts.monitorUrl;
        const answer = await client.monitor({ method: 'GET', path, headers: unlessNull });
        expect(answer, 'status', `the status of the ${time} GET with If-None-Match: null`).toBe(200);
      }
    });
  },
);

const labels: ReadonlySet<unknown> = new Set([
  ...Object.values(stateLabels),
  ...Object.values(statusLabels),
  'Cancelling',
]);

/** The members of a monitor that hold a label, by their name or by their value. */
function labelled(body: JsonObject): string[] {
  const own: ReadonlySet<string> = new Set([...probeOutputs, members.errorMessage]);
  return Object.entries(body)
    .filter(([name, value]) => name.includes('FormattedValue') || (!own.has(name) && labels.has(value)))
    .map(([name]) => name);
}

for (const moment of [moments.executing, moments.succeeded, moments.failed, moments.canceling]) {
  test(
    `the monitor MUST hold no formatted values ${moment.when}, asked for or not`,
    clause('monitor.no-labels', moment),
    async ({ submit, client, clock, target }) => {
      await moment.enter({ submit, clock, target }, async (operation) => {
        const plain = monitorBody(await operation.getMonitor());
        expect(labelled(plain), `labels in the monitor ${moment.when}`, plain).toEqual([]);
        for (const annotations of ['*', formattedValue]) {
          const prefer = `odata.include-annotations="${annotations}"`;
          const answer = await client.monitor({
            method: 'GET',
            path: operation.parts.monitorUrl,
            headers: [[headers.prefer, prefer]],
          });
          const asked = monitorBody(answer);
          expect(labelled(asked), `labels in the monitor with Prefer: ${prefer}`, asked).toEqual([]);
        }
      });
    },
  );

  test(
    `the monitor SHOULD hold no @odata members ${moment.when}`,
    clause('monitor.no-odata', moment),
    async ({ submit, client, clock, target }) => {
      await moment.enter({ submit, clock, target }, async (operation) => {
        const path = operation.parts.monitorUrl;
        // Clients of the Web API send their usual headers with each request.
        const dressed = await readWithODataHeaders(client, path);
        for (const answer of [await operation.getMonitor(), ...(dressed.ok ? [dressed] : [])]) {
          const body = monitorBody(answer);
          const found = Object.keys(body).filter((name) => name.includes('@odata.'));
          expect(found, `@odata members of the monitor ${moment.when}`, body).toEqual([]);
        }
      });
    },
  );
}

test(
  'GET of the monitor SHOULD work without OData headers',
  clause('monitor.needs-no-odata-headers'),
  async ({ submit, client }) => {
    const operation = await submit();
    const path = operation.parts.monitorUrl;
    const bare = await client.send({ method: 'GET', path });
    if (bare.status !== 200) {
      const dressed = await readWithODataHeaders(client, path);
      if (dressed.status !== 200) throw new Blocked('monitor.ok', dressed.describe());
    }
    expect(bare, 'status', 'the status of GET of the monitor without OData headers').toBe(200);
  },
);

test(
  'the monitor MAY answer below /api/backgroundOperation/ (capital O) too',
  clause('monitor.case-of-path'),
  async ({ submit, client, observe }) => {
    const operation = await submit();
    const path = `/api/backgroundOperation/${operation.id}`;
    const answer = await client.send({ method: 'GET', path });
    observe(`GET of /api/backgroundOperation/{id} (capital O) is answered ${answer.status}`);
  },
);
