/**
 * Waits for everything that was begun at the same time. What is told of it is the first failure in the order given,
 * whichever came first: the same each time.
 */
export async function askedAtOnce(begun: readonly Promise<void>[]): Promise<void> {
  const ended = await Promise.allSettled(begun);
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
