// Files that people have in the place of an archive: what each is, and what to do instead.

const record = 'Record the client with "bgop proxy", or export a HAR file.';

/** By their first bytes, as Latin-1. */
const byBytes: readonly (readonly [pattern: RegExp, message: string])[] = [
  [
    /^PK\x03\x04/,
    'is a zip archive. Unpack it and name the HAR file in it; a .saz of Fiddler has none: File, Export Sessions, HTTPArchive v1.2.',
  ],
  [
    /^(?:\xd4\xc3\xb2\xa1|\xa1\xb2\xc3\xd4|\x0a\x0d\x0d\x0a)/,
    `is a capture of packets, in which https cannot be read. ${record}`,
  ],
  [
    /^\d+:\d+:/,
    'looks like a flow file of mitmproxy. Make a HAR file of it: mitmdump -nr FILE --set hardump=client.har.',
  ],
];

/** By their first characters, for what is JSON. */
const byText: readonly (readonly [pattern: RegExp, message: string])[] = [
  [
    /"_postman_id"|schema\.getpostman\.com/,
    `is a collection of Postman: it has requests, and not when they were sent and what was answered. ${record}`,
  ],
  [
    /"__export_format"|collection\.insomnia\.rest/,
    `is an export of Insomnia: it has requests, and not when they were sent and what was answered. ${record}`,
  ],
  [
    /^\s*\[\s*\{[^[\]]*"(?:status"\s*:\s*"(?:COMPLETE|FAILED|EXCEPTION)|scheme"\s*:)/,
    'looks like a session of Charles in its own JSON. File, Export Session, HTTP Archive (.har).',
  ],
  [
    /Microsoft\.ProcessSimple\/|\/providers\/Microsoft\.Logic\/|"(?:inputs|outputs)Link"/,
    `is the history of a flow's runs: it has actions, and not the requests that they sent. ${record}`,
  ],
];

/** What a file is that is no record of traffic, and what to do; undefined where nobody knows. */
export function foreignFile(bytes: Buffer, head: string): string | undefined {
  const latin = bytes.toString('latin1', 0, 64);
  return (
    byBytes.find(([pattern]) => pattern.test(latin))?.[1] ??
    byText.find(([pattern]) => pattern.test(head))?.[1]
  );
}
