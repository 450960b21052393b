// Targets whose texts attack the terminal, the log of a pipeline or the page: the run's outputs stay clean.
import { hostileTarget, token, verify } from './target.mjs';

const single = {
  'control characters and escape sequences':
    '\u001b[2J\u001b]0;owned\u0007\u009b31m\u0000\u0008\u007f\r\nnext',
  'bidirectional and invisible characters': '\u202eevil\u2066x\u2069\u200f\u200e\ufeff\u2028\u2029',
  'workflow commands':
    '\n::error file=x::owned\n::add-mask::owned\r\n##vso[task.complete result=Succeeded]\n::stop-commands::x\n',
  scripts: '</script><script>hostile()</script><img src=x onerror=hostile()>"\'--><!--]]>',
  'a string of 2 MB': 'Ω'.repeat(2 ** 20),
  'backslashes and quotes': '\\"'.repeat(120_000),
  'lone surrogates': '\ud800\udfff\ud83d',
  'templates, paths and formulas':
    '=cmd|/C calc!A0 ${7*7} {{7*7}} ../../../etc/passwd %s%n %00 |pipe| `tick`',
  'the token, in many forms': [
    token,
    encodeURIComponent(token),
    Buffer.from(token).toString('base64'),
    Buffer.from(token).toString('hex'),
  ].join(' '),
};

/** What CI meets: in one run what attacks a terminal, a pipeline and a page. */
const together = 'control characters, workflow commands and scripts together';
const texts = {
  ...single,
  [together]: ['control characters and escape sequences', 'workflow commands', 'scripts']
    .map((name) => single[name])
    .join(' '),
};

/** Puts a text in every text and name of an answer's body, in its error and in a header. */
const saying =
  (text) =>
  ({ purpose, answer, nth }) => {
    if (purpose === 'clock' || purpose === 'who-am-i') return undefined;
    const headers = [...answer.headers, ['X-Text', encodeURI(text.toWellFormed()).slice(0, 4_000)]];
    // Every second one is an error whose text is all of it.
    if (purpose === 'monitor' && nth % 2 === 0) {
      const body = JSON.stringify({ error: { code: text, message: text }, [text.slice(0, 5_000)]: text });
      return { status: 418, headers: [...headers, ['Content-Type', 'application/json']], body };
    }
    if (answer.body === undefined || !answer.body.startsWith('{')) return { headers };
    const body = { ...JSON.parse(answer.body), '@text': text, [text.slice(0, 5_000)]: [text] };
    return { headers, body: JSON.stringify(body) };
  };
const command = verify('monitor.json,submit.location,table.select', '--format', 'markdown,sarif,ctrf');

export default Object.entries(texts)
  .flatMap(([name, text]) => [
    hostileTarget(
      `${name} in every text`,
      saying(text),
      { status: [1, 3] },
      { command, short: name === together },
    ),
  ])
  .concat([
    hostileTarget(
      'control characters in a status line and in a header',
      ({ purpose, socket }) => {
        if (purpose !== 'monitor') return undefined;
        socket.end(
          'HTTP/1.1 500 \u009b31m::error::x\r\nX-Y: \u001b]0;x\u0007\r\nContent-Length: 2\r\n\r\n{}',
        );
        return true;
      },
      { status: [1, 3] },
    ),
    hostileTarget(
      'an organization whose first answers are hostile',
      ({ purpose }) =>
        purpose === 'who-am-i'
          ? {
              status: 401,
              headers: [['WWW-Authenticate', 'Bearer error="::error::x", a="\u009b2J"']],
              body: `\u001b[2J\n::error::x ${token}`,
            }
          : undefined,
      { status: 3, says: /401/ },
      { short: true },
    ),
  ]);
