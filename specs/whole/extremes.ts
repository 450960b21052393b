const repeated = (piece: string, length: number): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** Texts at whose edges implementations go wrong: white space, marks, escapes, lengths around limits. */
export const edgeTexts: readonly string[] = [
  '-0042',
  '',
  ' \t edges \u00a0',
  '\ufeffmark at the beginning, e\u0301 not composed, \ufb01',
  'lines\r\nof\nseveral\rkinds\u2028\u2029',
  '"quotes" \'and\' \\back\\ &amp; <b>{0}</b> %41 ${x}',
  'controls \u0001\u0008\u001b\u007f\u0085 and \u0000 within, \ud7ff\ue000 \ufdd0\ufffe\uffff',
  '\u{1f469}\u200d\u{1f469}\u200d\u{1f467} \u{10ffff} \u202eabc\u202c',
  repeated('0123456789abcdef', 1_024),
  repeated('fedcba9876543210', 1_025),
  repeated('\u6f22\u00e4', 4_096),
  repeated('\u00e4\u6f22', 4_097),
  repeated('{"a":[1]}', 16_385),
];

/** Messages of errors. */
export const edgeMessages: readonly string[] = [
  'told to fail',
  ' white space at both edges \n',
  'first line\r\nsecond line\nthird',
  'markup <b>&amp;</b> "{0}" \'{name}\' %s \\n \u0001 and \u0000 within',
  'e\u0301 \u{1f44d}\u{1f3fd} \ufeff \u0085\u2028\u2029 \ud7ff\ue000 \ufffe\uffff',
  repeated('message ', 1_024),
  repeated('message ', 1_025),
  repeated('\u6f22', 4_097),
  '0',
  '',
  'ended with 0x80048405 {"errorCode":-2147187707} (-2147220891) HTTP 403',
];

/** Instants across midnight, months, years and the changes of summer time, with and without fractions. */
export const whens: readonly string[] = [
  '2026-01-01T00:00:00.000Z',
  '2025-12-31T23:59:59.999Z',
  '2026-03-29T01:30:00.500Z',
  '2026-07-15T12:00:00.001Z',
  '2024-02-29T23:59:59.000Z',
  '2026-10-25T01:30:00.000Z',
];

/** Numbers at the edges of their types. */
export const counts = [0, -1, 1, 2_147_483_647, -2_147_483_648, 65_536, -32_769] as const;
export const amounts = [0.12345, -0.01, 0, 99_999_999_999.99, -99_999_999_999.99, 1e-10] as const;

/** Codes of the platform: the usual ones, the edges of 32 bits, and positive ones. */
export const platformCodes = [-2147187707, -2_147_483_648, -1, 404, 2_147_483_647] as const;

/** What follows the path of a callback's URL: every character must arrive as it was sent. */
export const suffixes: readonly string[] = [
  '',
  '?sig=bgop-%2Babc%2fdef%3D&code=bgop-key',
  '/%7Euser/a//b/?a=1&a=2&&b=&c',
  "/x;y=1/(it's)/?q=a?b/c:d@e!$*;f",
];
