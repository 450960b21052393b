/**
 * A quick look at whether this target stands: starts it on a free port with a virtual clock, plays
 * the probe's control URL and every receiver, and goes once through what matters.
 *
 *     node smoke.mjs
 */
import assert from 'node:assert/strict';
import { advance, api, at, call, mine, row, stop, submit, target } from './smoke-world.mjs';

const checks = {
  async 'runs in the background, with callback and event'() {
    const { json: messages } = await call(
      'GET',
      `${api}/sdkmessages?$select=sdkmessageid&$filter=name eq 'OnBackgroundOperationComplete'`,
    );
    const endpoint = await call('POST', `${api}/serviceendpoints`, {
      body: {
        name: 'hook',
        contract: 8,
        authtype: 4,
        authvalue: 'k',
        url: `${mine}/hook`,
        connectionmode: 1,
        path: '/',
        solutionnamespace: 'x',
        userclaim: 1,
      },
    });
    assert.equal(endpoint.status, 204);
    const step = (mode) => ({
      name: 'step',
      mode,
      stage: 40,
      asyncautodelete: true,
      'sdkmessageid@odata.bind': `/sdkmessages(${messages.value[0].sdkmessageid})`,
      'eventhandler_serviceendpoint@odata.bind': endpoint.headers.get('odata-entityid'),
    });
    assert.equal((await call('POST', `${api}/sdkmessageprocessingsteps`, { body: step(0) })).status, 400);
    const registered = await call('POST', `${api}/sdkmessageprocessingsteps`, {
      body: step(1),
      prefer: 'return=representation',
    });
    assert.equal(registered.status, 201);

    const outputs = {
      Text: 'ä😀',
      Count: 3,
      Flag: false,
      Amount: 1.25,
      When: '2026-01-01T00:00:00Z',
      Id: '0f9d3c52-6f0e-4a53-9a3c-7a1f0c5e8b11',
    };
    const { path, response, id, location } = await submit(
      { outcome: 'succeed', outputs },
      {
        prefer: `Odata.Callback ; URL = "${mine}/callback?sig=a%2Fb;c=d,e%7e'" , RESPOND-async`,
        inputs: { Payload: 'in' },
      },
    );
    assert.equal(response.status, 202);
    assert.match(response.headers.get('preference-applied'), /callback/);
    assert.deepEqual((await call('GET', location)).json, {
      backgroundOperationStateCode: 0,
      backgroundOperationStatusCode: 0,
    });
    await advance(0);
    assert.equal(at(path).length, 0);
    await advance(1);
    assert.equal(at(path)[0].body.payload, 'in');
    const monitor = (await call('GET', location)).json;
    assert.deepEqual(
      [monitor.backgroundOperationStatusCode, monitor.Text, monitor.Count, monitor.Flag],
      [30, 'ä😀', 3, false],
    );
    const [callback] = at("/callback?sig=a%2Fb;c=d,e%7e'");
    assert.deepEqual(callback.body, {
      backgroundOperationStateCode: 3,
      backgroundOperationStatusCode: 30,
      backgroundOperationId: id,
      location,
    });
    const [hook] = at('/hook?code=k');
    assert.equal(hook.body.InputParameters.find(({ key }) => key === 'LocationUrl').value, location);
    assert.equal((await call('GET', `${api}/asyncoperations`)).json.value.length, 0);
    assert.equal(
      (
        await call(
          'DELETE',
          `${api}/sdkmessageprocessingsteps(${registered.json.sdkmessageprocessingstepid})`,
        )
      ).status,
      204,
    );
    const gone = await call('DELETE', location);
    assert.equal(gone.status, 409);
    const refused = await call('PATCH', `${api}/backgroundoperations(${id})`, {
      'if-match': '*',
      body: { backgroundoperationstatecode: 2, backgroundoperationstatuscode: 22 },
    });
    assert.equal(refused.status, 400);
    assert.match(refused.text, /not allowed after it is in terminal state\./);
    await advance(2_159 * 3_600_000);
    assert.equal((await row(id)).ttlinseconds, 7_776_000);
    await advance(86_400_000);
    assert.equal((await call('GET', `${api}/backgroundoperations(${id})`)).status, 404);
    assert.equal((await call('GET', location)).status, 404);
  },

  async 'retries, and keeps the limit of two minutes'() {
    const failing = await submit({ outcome: 'fail', errorMessage: 'no' });
    const coded = await submit({ outcome: 'fail', errorMessage: 'denied', errorCode: -2147187707 });
    const slow = await submit({ outcome: 'continue', milliseconds: 125_000 });
    let asked = 0;
    const quick = await submit(() =>
      (asked += 1) === 1 ? { outcome: 'continue', milliseconds: 110_000 } : { outcome: 'succeed' },
    );
    const recovering = await submit(({ attempt }) =>
      attempt === 1
        ? { outcome: 'fail', errorMessage: 'once' }
        : { outcome: 'succeed', outputs: { Text: 'x' } },
    );
    await advance(3_600_000);
    const times = at(failing.path).map(({ body }) => Date.parse(body.time));
    console.log(
      '  waits in seconds:',
      times
        .slice(1)
        .map((time, index) => (time - times[index]) / 1000)
        .join(', '),
    );
    const columns = async ({ id }) => {
      const found = await row(id);
      return [found.backgroundoperationstatuscode, found.retrycount, found.errorcode];
    };
    assert.deepEqual(await columns(failing), [31, 3, 0]);
    assert.deepEqual(await columns(coded), [31, 0, -2147187707]);
    assert.deepEqual(await columns(slow), [31, 0, -2146954991]);
    assert.deepEqual(await columns(quick), [30, 0, null]);
    assert.deepEqual(await columns(recovering), [30, 1, 0]);
  },

  async cancels() {
    const waiting = await submit({ outcome: 'succeed' });
    const running = await submit(({ time }) =>
      Date.parse(time) % 60_000 === 0
        ? { outcome: 'succeed' }
        : { outcome: 'continue', milliseconds: 30_000 },
    );
    const failing = await submit({ outcome: 'fail', errorMessage: 'no' });
    const stale = (await row(waiting.id))['@odata.etag'];
    assert.deepEqual((await call('DELETE', waiting.location)).json, {
      backgroundOperationStateCode: 2,
      backgroundOperationStatusCode: 22,
    });
    const patch = (id, ifMatch) =>
      call('PATCH', `${api}/backgroundoperations(${id})`, {
        'if-match': ifMatch,
        body: { backgroundoperationstatecode: 2, backgroundoperationstatuscode: 22 },
      });
    assert.equal((await patch(waiting.id, stale)).status, 412);
    assert.equal((await patch(waiting.id, '*')).status, 204);
    assert.equal((await patch('00000000-0000-4000-8000-000000000000', '*')).status, 404);
    assert.equal((await call('DELETE', running.location, { token: 'token-other' })).status, 403);
    await advance(1);
    assert.equal((await row(failing.id)).backgroundoperationstatuscode, 20);
    assert.equal((await patch(failing.id, '*')).status, 204);
    assert.equal((await patch(running.id, '*')).status, 204);
    await advance(200_000);
    const statuses = await Promise.all(
      [waiting, running, failing].map(async ({ id }) => (await row(id)).backgroundoperationstatuscode),
    );
    assert.deepEqual(statuses, [32, 31, 32]);
    assert.deepEqual([at(waiting.path).length, at(failing.path).length], [0, 1]);
  },

  async 'queries and pages'() {
    const burst = await Promise.all(
      Array.from({ length: 200 }, (_, index) => submit({ outcome: 'succeed', outputs: { Count: index } })),
    );
    await advance(1);
    const shown = await Promise.all(
      burst.map(async ({ location }) => (await call('GET', location)).json.Count),
    );
    assert.deepEqual(
      shown,
      burst.map((_, index) => index),
    );
    const formatted = await row(burst[0].id, '?$select=name,backgroundoperationstatuscode');
    assert.deepEqual(Object.keys(formatted).length, 7);
    const [a, b] = [burst[3].id, burst[4].id];
    const filter = `(backgroundoperationid eq ${a} or backgroundoperationid eq '${b}') and not (retrycount gt 0) and name eq 'BGOP_probe'`;
    const two = await call(
      'GET',
      `${api}/backgroundoperations?$select=name&$count=true&$orderby=backgroundoperationid desc&$filter=${encodeURIComponent(filter)}`,
      { prefer: 'odata.include-annotations="*"' },
    );
    assert.deepEqual(
      [two.json['@odata.count'], two.json.value.map((one) => one.backgroundoperationid)],
      [2, [a, b].sort().reverse()],
    );
    const seen = [];
    for (let next = `${api}/backgroundoperations?$select=name&$orderby=name,createdon desc&$top=5`; next;) {
      const page = await call('GET', next, { prefer: 'odata.maxpagesize=60' });
      seen.push(...page.json.value.map((one) => one.backgroundoperationid));
      next = page.json['@odata.nextLink'];
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.ok(seen.length >= 200);
    for (const bad of [
      '?$select=nope',
      '?$filter=nope eq 1',
      "?$filter=name eq 'x",
      '?$filter=retrycount eq',
      '?$skip=1',
    ])
      assert.equal((await call('GET', `${api}/backgroundoperations${bad}`)).status, 400);
  },

  async 'answers synchronously, and refuses'() {
    assert.equal(
      (
        await submit(
          { outcome: 'succeed', outputs: { Count: 1 } },
          { prefer: 'odata.callback;url="http://127.0.0.1:9"' },
        )
      ).response.json.Count,
      1,
    );
    assert.equal(
      (await submit({ outcome: 'fail', errorMessage: 'denied', errorCode: -2147187707 }, { prefer: '' }))
        .response.status,
      403,
    );
    assert.equal((await submit({}, { inputs: { Nope: 1 } })).response.status, 400);
    assert.equal((await submit({}, { inputs: { Payload: 1 } })).response.status, 400);
    assert.equal((await submit({}, { token: 'token-unprivileged' })).response.json.error.code, '0x80040220');
    const anonymous = await call('GET', `${api}/WhoAmI`, { token: null });
    assert.match(anonymous.headers.get('www-authenticate'), /^Bearer /);
    assert.equal((await call('GET', `${api}/WhoAmI`, { prefer: 'respond-async' })).status, 200);
    assert.equal((await call('POST', `${target}/api/backgroundoperation/x`)).status, 405);
    for (const path of [
      'backgroundoperation/x',
      'backgroundoperation/%zz',
      'data/v9.2/backgroundoperations(x)',
      'data/v9.2/nothing',
    ])
      assert.ok([400, 404].includes((await call('GET', `${target}/api/${path}`)).status));
    assert.equal(
      (await call('GET', `${api}/customapis?$filter=uniquename eq 'OnBackgroundOperationComplete'`)).json
        .value[0].allowedcustomprocessingsteptype,
      1,
    );
  },
};

try {
  for (const [name, check] of Object.entries(checks)) {
    console.log(name);
    await check();
  }
  console.log('all well');
} finally {
  stop();
}
