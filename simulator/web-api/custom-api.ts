import { privileges } from '../../contract/vocabulary.ts';
import type { Json, NamedValue, Operation } from '../core/operation.ts';
import type { Failure } from '../core/lifecycle.ts';
import type { CustomApi } from '../custom-apis/custom-api.ts';
import { inputParameters } from '../custom-apis/custom-api.ts';
import { edmType, fitsType, strangeMember } from '../custom-apis/parameter-types.ts';
import type { Field, PlainAnswer } from '../plain.ts';
import { depthOf } from '../http/depth.ts';
import type { ReadBody } from './body.ts';
import { readBody } from './body.ts';
import type { Call, Handled } from './call.ts';
import { noContent, odataAnswer, refused } from './call.ts';
import type { ApiError } from './errors.ts';
import { errors } from './errors.ts';
import type { Submitted } from './submission.ts';
import { submitOperation } from './submission.ts';

type Body = Readonly<Record<string, unknown>>;

/** `POST {root}{uniqueName}`: executes an action, at once or as a background operation. */
export function invokeCustomApi(call: Call, api: CustomApi, target?: Body): Handled | Promise<Handled> {
  const { request, preferences } = call;
  if (request.method !== 'POST') {
    const resource = preferences.respondAsync ? 'submit' : 'synchronous';
    return refused(resource, errors.noResource(`${call.root}${api.uniqueName}`));
  }
  return invoke(call, api, () => readBody(request.body), target);
}

/**
 * Executes a custom API with the inputs of a body, or of a URL.
 *
 * @param target the row that the call is bound to, as `Target`
 */
export function invoke(
  call: Call,
  api: CustomApi,
  inputs: () => ReadBody,
  target?: Body,
): Handled | Promise<Handled> {
  const { world, situation, user } = call;
  const { respondAsync } = call.preferences;
  const resource = respondAsync ? 'submit' : 'synchronous';
  if (respondAsync && !world.behaviour.permits(user, 'submit', undefined, situation))
    return refused(resource, errors.privilegeDenied(privileges[1]));
  const body = inputs();
  if (body.error !== undefined) return refused(resource, body.error);
  if (target !== undefined && 'Target' in body.value)
    return refused(resource, errors.unknownParameter('Target', api.uniqueName));
  const read = readInputs(api, target === undefined ? body.value : { ...target, ...body.value });
  if (read.error !== undefined) return refused(resource, read.error);
  return respondAsync ? submit(call, api, read.inputs) : executeNow(call, api, read.inputs);
}

/** The inputs of a custom API, or the first thing that is wrong with them. */
export type ReadInputs =
  | { readonly inputs: readonly NamedValue[]; readonly error?: never }
  | { readonly error: ApiError; readonly inputs?: never };

/** Reads inputs from a JSON object, in the order of the declaration. */
export function readInputs(api: CustomApi, body: Readonly<Record<string, unknown>>): ReadInputs {
  const parameters = inputParameters(api);
  for (const name of Object.keys(body)) {
    if (!name.startsWith('@') && !parameters.some((each) => each.uniqueName === name)) {
      return { error: errors.unknownParameter(name, api.uniqueName) };
    }
  }
  const inputs: NamedValue[] = [];
  for (const { uniqueName, type, optional = false } of parameters) {
    const value = Object.hasOwn(body, uniqueName) ? body[uniqueName] : undefined;
    if (value === undefined || value === null) {
      if (!optional) return { error: errors.missingParameter(uniqueName, api.uniqueName) };
      continue;
    }
    if (!fitsType(type, value)) return { error: errors.wrongType(literal(value), edmType(type)) };
    const strange = strangeMember(type, value);
    if (strange !== undefined) return { error: errors.noProperty(strange.member, strange.table) };
    inputs.push({ Key: uniqueName, Value: value, type });
  }
  return { inputs };
}

function literal(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function submit(call: Call, api: CustomApi, inputs: readonly NamedValue[]): Handled | Promise<Handled> {
  const submitted = submitOperation(call, api, inputs, call.preferences.callbackUrl);
  const answer = ({ operation, error }: Submitted) =>
    operation === undefined ? refused('submit', error) : accepted(call, operation);
  return submitted instanceof Promise ? submitted.then(answer) : answer(submitted);
}

function accepted({ world, situation: now, preferences }: Call, operation: Operation): Handled {
  const { behaviour } = world;
  const choices = world.choicesFor(operation);
  const situation = choices === now.choices ? now : { ...now, choices };
  const location = behaviour.location(operation, situation);
  const shown = world.choices.absoluteLocation ? location : location.slice(operation.origin.length);
  const fields = behaviour.acceptedHeaders(operation, shown, situation);
  const headers: Field[] = [...fields];
  const body = behaviour.acceptedBody(operation, shown, situation);
  if (body !== undefined) headers.push(['Content-Type', 'application/json']);
  if (preferences.byHeader && world.choices.headerAlone === 'noContent') {
    const silent = { status: 204, headers: fields, body: undefined };
    return { answer: silent, resource: 'submit', operation: situation.find(operation.id) ?? operation };
  }
  const answer = { status: 202, headers, body: body === undefined ? undefined : JSON.stringify(body) };
  return { answer, resource: 'submit', operation: situation.find(operation.id) ?? operation };
}

async function executeNow(call: Call, api: CustomApi, inputs: readonly NamedValue[]): Promise<Handled> {
  const { outputs, failure } = await call.runner.executeNow(api, inputs, depthOf(call.request));
  if (failure !== undefined) return refused('synchronous', failureError(failure));
  return { answer: outputsAnswer(call.root, api, outputs), resource: 'synchronous' };
}

/** All response properties, null where not set; 204 if the custom API has none. */
function outputsAnswer(root: string, api: CustomApi, outputs: readonly NamedValue[]): PlainAnswer {
  if (api.properties.length === 0) return noContent();
  const body: Record<string, Json> = {
    '@odata.context': `${root}$metadata#Microsoft.Dynamics.CRM.${api.uniqueName}Response`,
  };
  for (const { uniqueName } of api.properties) {
    body[uniqueName] = outputs.find(({ Key }) => Key === uniqueName)?.Value ?? null;
  }
  return odataAnswer(body);
}

const statusOfCode: Readonly<Record<number, number>> = {
  [-2147187707]: 403,
  [-2147220960]: 403,
  [-2147220969]: 404,
  [-2147185406]: 404,
};

/** Codes below zero are the platform's (HRESULTs of failures). */
const isPlatformCode = (code: number): boolean => code < 0;

/**
 * An error of the platform keeps its code. Any other is a plug-in's: 0x80040265, with the plug-in's own code, or
 * that of any .NET exception, as a detail.
 */
export function failureError({ code, message }: Failure): ApiError {
  if (!isPlatformCode(code)) {
    const plugin = { subErrorCode: code === 0 ? dotNetException : code };
    return { status: 400, code: '0x80040265', message, plugin };
  }
  const hex = `0x${(code >>> 0).toString(16).padStart(8, '0')}`;
  return { status: statusOfCode[code] ?? 400, code: hex, message };
}

/** COR_E_EXCEPTION, as documented answers show it. */
const dotNetException = -2_146_233_088;
