import { expect, it } from 'vitest';
import { strictJson } from './lenient-json.ts';

it.each([
  ['{"a":"one\ntwo\r\n\tthree"}', { a: 'one\ntwo\r\n\tthree' }],
  [`{'a':'it is "so"','b':1}`, { a: 'it is "so"', b: 1 }],
  [`{"a":"it's","b":'c\\'d\\\\'}`, { a: "it's", b: "c'd\\" }],
  [`['a','b']`, ['a', 'b']],
])('%j becomes JSON', (text, value) => {
  expect(JSON.parse(strictJson(text))).toEqual(value);
});

it.each(['{"a":"b\\nc","d":[1,2]}', '{"a":"\u2028"}', ''])('leaves %j as it is', (text) => {
  expect(strictJson(text)).toBe(text);
});

it.each(['{a:1}', "{'a':'b", '{"a":1,}', "'"])('%j stays none', (text) => {
  expect(() => JSON.parse(strictJson(text)) as unknown).toThrow(SyntaxError);
});
