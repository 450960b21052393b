import { tell } from './dom.js';

/** The token of the control interface, where it needs one; for as long as the tab is open. */
const kept = 'control-token';

/** Calls the control interface beside this page; rejects with its message where it refuses. */
export async function call(method, path, body) {
  const token = sessionStorage.getItem(kept);
  const answer = await fetch(path, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.status === 401) {
    const entered = prompt('The control interface needs its token (--control-token):');
    if (entered !== null && entered !== '') {
      sessionStorage.setItem(kept, entered);
      return await call(method, path, body);
    }
  }
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
