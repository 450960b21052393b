// Targets that send the suite elsewhere: no token follows, nothing but http is opened.
import { createServer } from 'node:http';
import { hostileTarget, token, verify } from './target.mjs';

/** Replaces the Location and the id that a submission is given. */
const submitted =
  (location, id) =>
  ({ purpose, answer, origin }) => {
    if (purpose !== 'call' || answer.status !== 202) return undefined;
    const swap = ([name, value]) => {
      if (name.toLowerCase() === 'location' && location !== undefined) return [name, location(value, origin)];
      if (name.toLowerCase() === 'x-ms-dyn-backgroundoperationid' && id !== undefined)
        return [name, id(value)];
      return [name, value];
    };
    return { headers: answer.headers.map(swap) };
  };
const broken = { status: [1, 3], clauses: { 'submit.location': 'failed' } };
const place = (name, location, expected = broken, options = {}) =>
  hostileTarget(name, submitted(location), expected, options);
const named = (name, id, options = {}) =>
  hostileTarget(
    name,
    submitted(undefined, id),
    { status: [1, 3] },
    {
      ...options,
      command: verify('submit.id-header,submit.id-is-guid,submit.id-matches-location,submit.row-exists'),
    },
  );

/** Everything but the preflight's requests is redirected. */
const redirect =
  (status, to) =>
  ({ purpose, origin, url }) =>
    purpose === 'monitor' || purpose === 'table'
      ? { status, headers: [['Location', to(origin, url)]], body: undefined }
      : undefined;

/** A second host, which must never be shown a token. */
const stranger = { seen: [], url: '' };
const server = createServer((request, response) => {
  stranger.seen.push(request.headers.authorization ?? '');
  response.end('{}');
});
const strangerIsUp = new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)).then(() => {
  stranger.url = `http://127.0.0.1:${server.address().port}`;
});
server.unref();
const toStranger = (each) => ({
  ...each,
  async run(context) {
    await strangerIsUp;
    stranger.seen.length = 0;
    const note = await each.run(context);
    if (stranger.seen.some((value) => value.includes(token)))
      throw new Error('a stranger was shown the token');
    return `${note}; the stranger was asked ${stranger.seen.length} times`;
  },
});

export default [
  place('a Location of javascript:', () => 'javascript:alert(1)'),
  place('a Location of file:', () => 'file:///etc/passwd'),
  place('a Location with credentials', (value) => value.replace('//', '//user:pass@'), {
    status: [0, 1, 3],
  }),
  toStranger(
    place(
      'a Location on another host',
      () => `${stranger.url}/api/backgroundoperation/1`,
      { status: [1, 3] },
      { short: true },
    ),
  ),
  toStranger(
    hostileTarget(
      'redirects to another host',
      redirect(307, () => `${stranger.url}/x`),
      { status: [1, 3] },
    ),
  ),
  place('a Location that is empty', () => ''),
  place('a Location that is no address', () => 'http://[::1:99999/%zz'),
  hostileTarget(
    'redirects to itself',
    redirect(302, (origin, url) => `${origin}${url}`),
    { status: [1, 3] },
  ),
  hostileTarget(
    'redirects that grow',
    redirect(308, (origin, url) => `${origin}${url}x`),
    { status: [1, 3] },
  ),
  named('an id of 10 KB', () => 'a'.repeat(10_000)),
  named('an id of 1 MB', () => 'a'.repeat(2 ** 20)),
  named('an id that climbs out of its folder', () => '../../../../etc/passwd'),
  named('an id that is a query', () => "x')?$filter=true&a=('"),
  hostileTarget(
    'the same id for every operation',
    submitted(undefined, () => '11111111-1111-4111-8111-111111111111'),
    { status: [1, 3] },
  ),
];
