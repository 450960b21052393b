/** Makes an element with attributes and children; texts are texts, never markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** The element of an id. */
export const byId = (id) => document.getElementById(id);

/** Replaces what an element holds, unless that is shown already: what has the focus is not taken away for nothing. */
export function show(holder, key, make) {
  if (holder.dataset.shown === key) return;
  holder.dataset.shown = key;
  holder.replaceChildren(...make());
}

/** Reads JSON; a number of which a browser would lose digits is written again as it came. */
export function parseJson(text) {
  return JSON.parse(text, (_name, value, { source } = {}) =>
    typeof value === 'number' && source !== undefined && String(value) !== source && 'rawJSON' in JSON
      ? JSON.rawJSON(source)
      : value,
  );
}

/** JSON with indents where a text is JSON; else the text. */
export function pretty(text) {
  try {
    return JSON.stringify(parseJson(text), null, 2);
  } catch {
    return text;
  }
}

/** Tells what happened, or what went wrong. */
export function tell(text, wrong = false) {
  const message = byId('message');
  message.textContent = text;
  message.className = wrong ? 'wrong' : '';
}
