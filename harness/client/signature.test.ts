import { expect, it } from 'vitest';
import type { WireAnswer } from '../answer.ts';
import { Signature } from './signature.ts';

const answer = (...names: string[]): WireAnswer => ({
  status: 200,
  headers: ['Date', 'Content-Type', ...names].map((name) => [name, 'x']),
  body: '',
});

it('knows the fields that stand on nine in ten kinds of answers, and what lacks most of them', () => {
  const signature = new Signature();
  expect(signature.lackedBy(answer())).toBe(false);
  signature.seen('POST /api/data/call?', answer('REQ_ID', 'x-ms-service-request-id', 'Location'));
  expect(signature.lackedBy(answer())).toBe(false);
  signature.seen('GET /api/data/rows?', answer('req_id', 'x-ms-service-request-id', 'OData-Version'));
  expect(signature.lackedBy(answer('Via'))).toBe(true);
  expect(signature.lackedBy(answer('REQ_ID'))).toBe(false);
  expect(signature.lackedBy(answer(), '/api/other')).toBe(false);
});

it('forgets a field that some kinds of answers do without', () => {
  const signature = new Signature();
  for (let kind = 0; kind < 10; kind += 1) signature.seen(`GET /api/${kind}?`, answer('REQ_ID'));
  signature.seen('GET /api/x?', answer());
  expect(signature.lackedBy(answer())).toBe(true);
  signature.seen('GET /api/y?', answer());
  expect(signature.lackedBy(answer())).toBe(false);
});

it('does not miss in a refusal what the good answers from the same area lack as well', () => {
  const signature = new Signature();
  for (let kind = 0; kind < 20; kind += 1) signature.seen(`GET /api/data/${kind}?`, answer('REQ_ID'));
  expect(signature.lackedByRefusal(answer(), '/api/backgroundoperation')).toBe(true);
  signature.seen('GET /api/backgroundoperation/*?', answer());
  expect(signature.lackedByRefusal(answer(), '/api/backgroundoperation')).toBe(false);
  expect(signature.lackedByRefusal(answer(), '/api/data')).toBe(true);
  signature.seen('DELETE /api/backgroundoperation/*?', answer('REQ_ID'));
  expect(signature.lackedByRefusal(answer(), '/api/backgroundoperation')).toBe(true);
});
