import { parseJson, tell } from './dom.js';

/** The token of the control interface, where it needs one; for as long as the tab is open. */
const kept = 'control-token';

/**
 * Calls the control interface beside this page; rejects with its message where it refuses. A body that is a text is JSON
 * already.
 */
export async function call(method, path, body) {
  const token = sessionStorage.getItem(kept);
  const answer = await fetch(path, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  if (answer.status === 401) {
    const entered = prompt('The control interface needs its token (--control-token):');
    if (entered !== null && entered !== '') {
      sessionStorage.setItem(kept, entered);
      return await call(method, path, body);
    }
  }
  const text = await answer.text();
  if (answer.ok) return text === '' ? undefined : parseJson(text);
  throw new Error(messageIn(text) ?? `It answered ${answer.status}. ${text.slice(0, 200)}`);
}

function messageIn(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return undefined;
  }
}

/** Does something that a button asks for, and tells what came of it; answers whether it was done. */
export async function act(done, work) {
  try {
    await work();
    tell(done);
    return true;
  } catch (error) {
    tell(error.message, true);
    return false;
  }
}
