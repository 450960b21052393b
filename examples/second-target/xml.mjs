/**
 * XML as far as SOAP needs it: elements, attributes, namespaces, text, CDATA, comments, the five
 * entities and character references. No document type definition, no processing instructions.
 */

const TOKEN = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([^\s<>/=!?]+)([^<>]*?)(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /\s+([^\s=<>/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/gy;
const DEEPEST = 200;
const MOST = 100_000;
const XML = 'http://www.w3.org/XML/1998/namespace';
const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The root of a document: `{ uri, local, type, nil, text, children }`, where `type` is `i:type` with its
 * prefix resolved, as `uri local`.
 *
 * @throws {Error} for anything that is no such document
 */
export function parse(document) {
  const text = document.replace(/^\uFEFF?\s*<\?xml\s[^>]*?\?>/, '');
  const root = { children: [], text: '' };
  const open = [{ element: root, name: '', scope: { '': '', xml: XML } }];
  let end = 0;
  let count = 0;
  for (const { 0: all, 1: data, 2: slash, 3: name, 4: rest, 5: empty, 6: words, index } of text.matchAll(
    TOKEN,
  )) {
    if (index !== end) break;
    end = index + all.length;
    const parent = open.at(-1);
    if (words !== undefined || data !== undefined) parent.element.text += data ?? unescaped(words);
    else if (slash === '/') {
      if (open.length === 1 || parent.name !== name) throw new Error(`</${name}> closes nothing`);
      open.pop();
    } else if (name !== undefined) {
      if ((count += 1) > MOST || open.length > DEEPEST) throw new Error('it is too large or too deep');
      const { element, scope } = begun(name, rest, parent.scope);
      parent.element.children.push(element);
      if (empty !== '/') open.push({ element, name, scope });
    }
  }
  const [only, ...others] = root.children;
  if (
    end !== text.length ||
    open.length > 1 ||
    only === undefined ||
    others.length > 0 ||
    root.text.trim() !== ''
  )
    throw new Error(`it is not well-formed at character ${end}`);
  return only;
}

function begun(name, rest, outer) {
  const attributes = new Map();
  let end = 0;
  for (const { 0: all, 1: key, 2: double, 3: single, index } of rest.matchAll(ATTRIBUTE)) {
    if (index !== end || attributes.has(key)) break;
    end = index + all.length;
    attributes.set(key, unescaped(double ?? single));
  }
  if (rest.slice(end).trim() !== '') throw new Error(`<${name}> has something that is no attribute`);
  const scope = { ...outer };
  for (const [key, value] of attributes) {
    if (key === 'xmlns') scope[''] = value;
    else if (key.startsWith('xmlns:')) scope[key.slice(6)] = value;
  }
  const { uri, local } = resolved(name, scope);
  const own = {};
  for (const [key, value] of attributes) {
    if (key.includes(':') && !key.startsWith('xmlns:')) {
      const at = resolved(key, scope);
      if (at.uri === INSTANCE) own[at.local] = value.trim();
    }
  }
  const type = own.type === undefined ? undefined : resolved(own.type, scope);
  return {
    scope,
    element: {
      uri,
      local,
      type: type && `${type.uri} ${type.local}`,
      nil: own.nil === 'true' || own.nil === '1',
      text: '',
      children: [],
    },
  };
}

function resolved(name, scope) {
  const [local, prefix = ''] = name.split(':').reverse();
  if (!Object.hasOwn(scope, prefix)) throw new Error(`the prefix of ${name} is not declared`);
  return { uri: scope[prefix], local };
}

function unescaped(text) {
  return text.replaceAll('\r\n', '\n').replaceAll(/&([^;&]*);?/g, (all, name) => {
    if (all.endsWith(';') && Object.hasOwn(ENTITIES, name)) return ENTITIES[name];
    const [, hexadecimal, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
    const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    if (!all.endsWith(';') || !(code <= 0x10ffff)) throw new Error(`${all} is no entity`);
    return String.fromCodePoint(code);
  });
}

/** Text as XML carries it. */
export function escaped(text) {
  const special = /[&<>"\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
  return text.replaceAll(special, (sign) => `&#${sign.charCodeAt(0)};`);
}
