import type { Readable, Writable } from 'node:stream';
import { UnfinishedError } from '../terminal.ts';

/** One of a few answers. */
interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** Asks somebody at a terminal. Each question throws UnfinishedError when it is cancelled. */
export interface Asker {
  readonly choose: <Value extends string>(
    message: string,
    choices: readonly Choice<Value>[],
    initial: Value,
  ) => Promise<Value>;
  /**
   * Text, trimmed.
   *
   * @param trouble what is wrong with an answer, in words; undefined where nothing is
   * @param fallback the answer when none is given
   */
  readonly text: (
    message: string,
    trouble: (answer: string) => string | undefined,
    fallback?: string,
  ) => Promise<string>;
  readonly confirm: (message: string, initial: boolean) => Promise<boolean>;
}

/** Asks at the terminal, with @clack/prompts; other streams are for tests. */
export async function terminalAsker(streams: { input?: Readable; output?: Writable } = {}): Promise<Asker> {
  // Loaded late: no other command needs it.
  const { confirm, isCancel, select, text } = await import('@clack/prompts');
  const given = <Answer>(answer: Answer): Exclude<Answer, symbol> => {
    if (isCancel(answer)) throw new UnfinishedError('cancelled; nothing was written.');
    return answer as Exclude<Answer, symbol>;
  };
  return {
    choose: async (message, choices, initial) => {
      // Labels are always given, which the type of an option cannot know of a type parameter.
      const options = choices.map(({ value, label }) => ({ value: value as string, label }));
      const answer = await select<string>({ ...streams, message, options, initialValue: initial });
      return given(answer) as typeof initial;
    },
    text: async (message, trouble, fallback) => {
      const answer = await text({
        ...streams,
        message,
        ...(fallback === undefined ? {} : { placeholder: fallback, defaultValue: fallback }),
        validate: (typed) => {
          const answered = (typed ?? '').trim();
          return answered === '' && fallback !== undefined ? undefined : trouble(answered);
        },
      });
      return given(answer).trim();
    },
    confirm: async (message, initial) => given(await confirm({ ...streams, message, initialValue: initial })),
  };
}
