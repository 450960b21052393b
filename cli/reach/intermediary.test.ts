import { describe, expect, it } from 'vitest';
import { Answer } from '../../harness/answer.ts';
import { interceptionOf } from './intermediary.ts';

const request = { method: 'GET', url: 'https://org.test/api/data/v9.2/WhoAmI', headers: [] };
const answered = (status: number, headers: Record<string, string> = {}, body = '') =>
  interceptionOf(new Answer(request, { status, headers: Object.entries(headers), body }));

describe('an answer from something in front of the target', () => {
  it('that redirects shows the status and where to, and is not waited for', () => {
    const found = answered(302, { Location: 'https://login.example.test/oauth2?x=1', Server: 'nginx' });
    expect(found?.told).toContain('302, Location: https://login.example.test/oauth2?x=1 (Server: nginx)');
    expect(found?.advice).toContain('sign-in page');
    expect(found?.passes).toBe(false);
    expect(answered(301, { Location: 'https://moved.test/api' })?.advice).toContain('https://moved.test');
    expect(answered(308, { Location: '/elsewhere' })?.advice).toContain('follows no redirects');
  });

  it.each([502, 503, 504, 521, 524])('with %i is a gateway that may pass, with its marks', (status) => {
    const found = answered(status, { Via: '1.1 proxy', Server: 'awselb/2.0', 'Retry-After': '7' });
    expect(found).toMatchObject({ passes: true });
    expect(found?.told).toContain(`answered ${status} to GET /api/data/v9.2/WhoAmI, Retry-After: 7`);
    expect(found?.told).toContain('Server: awselb/2.0; Via: 1.1 proxy');
  });

  it('is a page of HTML, whatever its status and its type', () => {
    const page = '<!DOCTYPE html><html><title> Sign in\n to Contoso </title></html>';
    expect(answered(200, { 'Content-Type': 'text/html' }, page)?.told).toContain('"Sign in to Contoso"');
    expect(answered(200, { 'Content-Type': 'application/json' }, page)?.advice).toContain('sign-in page');
    expect(answered(404, { 'Content-Type': 'text/html' }, '<h1>no</h1>')?.passes).toBe(true);
  });

  it('is a sign-in page without a title that says so', () => {
    const form = '<html><form><input name="p" type="password"></form></html>';
    expect(answered(200, { 'Content-Type': 'text/html' }, form)?.advice).toContain('sign-in page');
    expect(answered(511, { 'Content-Type': 'text/html' }, '<html></html>')?.advice).toContain('sign-in page');
  });

  it.each(['<title', '<input', '<input type ', '<input type=" '])(
    'is looked at in little time, however often %s stands in it',
    (part) => {
      const began = performance.now();
      const found = answered(200, { 'Content-Type': 'text/html' }, part.repeat(300_000));
      expect(found?.told).toContain('a page of HTML');
      expect(performance.now() - began).toBeLessThan(2_000);
    },
  );

  it('is a proxy that wants to be signed in to', () => {
    expect(answered(407)?.advice).toContain('HTTPS_PROXY');
  });

  it.each([
    [200, '{"value":[]}'],
    [202, '{"a":'],
    [400, '{"error":{"code":"0x0","message":"<html>"}}'],
    [401, ''],
    [404, '{}'],
    [500, '{"error":{}}'],
    [501, ''],
    [304, ''],
  ])('is none with %i and %s: that may be the target itself', (status, body) => {
    expect(answered(status, {}, body)).toBeUndefined();
  });
});
