import { tell } from './dom.js';

/** Calls the control interface beside this page; rejects with its message where it refuses. */
export async function call(method, path, body) {
  const answer = await fetch(path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = text === '' ? undefined : JSON.parse(text);
  if (!answer.ok) throw new Error(json?.error?.message ?? `It answered ${answer.status}.`);
  return json;
}

/** Does something that a button asks for, and tells what came of it. */
export async function act(done, work) {
  try {
    await work();
    tell(done);
  } catch (error) {
    tell(error.message, true);
  }
}
