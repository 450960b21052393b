import type { OrganizationKeeper } from './organization-keeper.ts';
import type { PlainAnswer, PlainRequest } from './plain.ts';
import { printable } from './printable.ts';
import type { Refuser } from './handle-request.ts';
import { errors } from './web-api/errors.ts';

/** An answer that tells of nothing which could be lost: it waits until all changes are kept. */
export function whenKept(
  data: OrganizationKeeper,
  answered: PlainAnswer | Promise<PlainAnswer>,
): PlainAnswer | Promise<PlainAnswer> {
  if (answered instanceof Promise) return answered.then((answer) => whenKept(data, answer));
  const settled = data.settled();
  return settled === undefined ? answered : settled.then(() => answered);
}

/**
 * Input that no resource foresaw is refused as Dataverse does; that it was not foreseen is a fault of ours, and told.
 */
export function answeringSafely(
  onFault: (error: unknown) => void,
  refuserOf: (request: PlainRequest) => Refuser,
  answer: (request: PlainRequest) => PlainAnswer | Promise<PlainAnswer>,
): (request: PlainRequest) => PlainAnswer | Promise<PlainAnswer> {
  const apologize = (request: PlainRequest, error: unknown): PlainAnswer => {
    onFault(error);
    return refuserOf(request)(errors.unexpected()).answer;
  };
  return (request) => {
    try {
      const answered = answer(request);
      if (!(answered instanceof Promise)) return answered;
      return answered.catch((error: unknown) => apologize(request, error));
    } catch (error) {
      return apologize(request, error);
    }
  };
}

/** Tells of a fault where nobody else wants to be told. */
export function printFault(error: unknown): void {
  console.error(`A fault of the simulator itself, please report it. ${printable(error)}`);
}
