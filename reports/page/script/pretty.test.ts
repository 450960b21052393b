import { describe, expect, it } from 'vitest';
import { pretty, prettyJson } from './pretty.ts';

describe('JSON printed for a reader', () => {
  it('has one member a line, and its numbers as they came', () => {
    expect(pretty('{"a":1.0,"b":[12345678901234567890,{}],"a":[]}')).toBe(
      '{\n  "a": 1.0,\n  "b": [\n    12345678901234567890,\n    {}\n  ],\n  "a": []\n}',
    );
  });

  it('opens texts that hold JSON, and what these hold', () => {
    const inner = JSON.stringify([{ Key: 'Text', Value: JSON.stringify({ deep: 'a "quoted" text' }) }]);
    const { text, opened } = prettyJson(JSON.stringify({ outputparameters: inner, name: 'x' }));
    expect(opened).toBe(true);
    expect(text).not.toContain('\\"Key');
    expect(text).toContain('"outputparameters": (JSON in a text) [\n    {\n      "Key": "Text",');
    expect(text).toContain('"Value": (JSON in a text) {\n        "deep": "a \\"quoted\\" text"\n');
    expect(prettyJson(JSON.stringify('{"a":1}')).text).toBe('(JSON in a text) {\n  "a": 1\n}');
  });

  it('is printed as far as it goes where it was cut', () => {
    expect(pretty('{"a":{"b":"lon… (900 characters)')).toBe('{\n  "a": {\n    "b": "lon… (900 characters)');
    expect(pretty('[1,tr')).toBe('[\n  1,\n  tr');
    expect(pretty(String.raw`{"outputparameters":"[{\"Key\":\"Te\\`)).toBe(
      '{\n  "outputparameters": (JSON in a text) [\n    {\n      "Key": "Te\\',
    );
  });

  it('leaves every other text alone, a text that only looks like JSON too', () => {
    for (const text of ['', 'not 2xx', '<html>{}</html>', '{x: 1}', '"a" and "b"', '{"a": NaN}'])
      expect(pretty(text)).toBe(text);
    expect(pretty('{"message":"[not JSON"}')).toBe('{\n  "message": "[not JSON"\n}');
  });

  it('is quick and small however deep the JSON is', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(pretty(deep).length).toBeLessThan(12_000_000);
  });
});
