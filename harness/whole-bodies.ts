import type { BodyText, Evidence } from '../record/evidence.ts';

/** The largest body, in characters, and the most bodies of one check that are kept whole beside the report. */
const longest = 64 * 1024 * 1024;
const most = 8;

const wholes = new WeakMap<BodyText, string>();

/** Remembers the whole of a body that was cut, secrets masked, as long as the cut one is in use. */
export function rememberWhole(cut: BodyText, whole: string): BodyText {
  if (whole.length <= longest) wholes.set(cut, whole);
  return cut;
}

/**
 * The whole bodies of what is cut in this evidence, by the name of the file that is to hold them, and
 * the evidence with those names.
 */
export function takeWholeBodies(evidence: readonly Evidence[]): {
  readonly evidence: readonly Evidence[];
  readonly bodies: ReadonlyMap<string, string>;
} {
  const bodies = new Map<string, string>();
  const placed = <T extends { readonly body?: BodyText }>(message: T): T => {
    const { body } = message;
    const whole = body === undefined ? undefined : wholes.get(body);
    if (body?.cut === undefined || whole === undefined) return message;
    const file = `evidence/body-${body.cut.sha256}.txt`;
    if (!bodies.has(file) && bodies.size >= most) return message;
    bodies.set(file, whole);
    return { ...message, body: { ...body, cut: { ...body.cut, file } } };
  };
  const result = evidence.map((piece): Evidence => {
    if (piece.kind === 'received') return placed(piece);
    if (piece.kind !== 'exchange') return piece;
    const { request, response } = piece;
    return {
      ...piece,
      request: placed(request),
      ...(response === undefined ? {} : { response: placed(response) }),
    };
  });
  return { evidence: result, bodies };
}
