/** Parts of a form that are shorter than this are too common to be looked for. */
const leastCharacters = 8;

/**
 * The forms in which a secret may come back from a target: as it is, as JSON, HTML and addresses
 * write it, and encoded, alone or inside something longer. None is shorter than 8 characters.
 */
export function secretForms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const percent = encodeURIComponent(secret);
  const strict = percent.replaceAll(/[!'()*]/g, percentByte);
  const plain = [
    secret,
    percent,
    strict,
    percent.replaceAll('%20', '+'),
    new URLSearchParams({ '': secret }).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll(/[&<>'"+]/g, unicodeEscape),
    secret.replaceAll(/[&<>"']/g, (character) => htmlNames[character] ?? character),
    secret.replaceAll(/[&<>]/g, (character) => htmlNames[character] ?? character),
    [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
    secret.replaceAll(/[^]/g, unicodeEscape),
    secret.toLowerCase(),
    secret.toUpperCase(),
    bytes.toString('hex'),
    ...[0, 1, 2].flatMap((before) => base64Forms(bytes, before)),
  ];
  const lowered = plain.map((form) =>
    form.replaceAll(/%[0-9A-F]{2}|\\u[0-9A-F]{4}/g, (byte) => byte.toLowerCase()),
  );
  const forms = [
    ...plain,
    ...lowered,
    bytes.toString('hex').toUpperCase(),
    Buffer.from(percent).toString('base64'),
  ];
  // The longest first: none is to be found as a part of another.
  return [...new Set(forms)]
    .filter(({ length }) => length >= leastCharacters)
    .sort((a, b) => b.length - a.length);
}

const htmlNames: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function percentByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * What stands for the bytes wherever they are in something longer that is encoded as base64, when so
 * many bytes (modulo 3) come before: without the characters at both ends that neighbours share.
 */
function base64Forms(bytes: Buffer, before: 0 | 1 | 2 | number): string[] {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const first = Math.ceil((before * 8) / 6);
  const core = text.slice(first, Math.floor(((before + bytes.length) * 8) / 6));
  return [core, core.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(core)];
}
