import type { WireAnswer } from '../answer.ts';
import { excerpt } from '../mask/excerpt.ts';

/** Header fields that only something in between adds. */
const fields: ReadonlySet<string> = new Set([
  'via',
  'x-amzn-remapped-www-authenticate',
  'x-amz-apigw-id',
  'apigw-requestid',
  'x-amz-cf-id',
  'x-azure-ref',
  'cf-ray',
  'x-envoy-upstream-service-time',
  'x-kong-proxy-latency',
  'x-kong-upstream-latency',
]);

/** The header field by which an answer shows that it came through a gateway, with its value; undefined where none does. */
export function gatewayMark({ headers }: Pick<WireAnswer, 'headers'>): string | undefined {
  const found = headers.find(([name]) => fields.has(name.toLowerCase()));
  return found === undefined ? undefined : `${found[0]}: ${excerpt(found[1], 80)}`;
}
