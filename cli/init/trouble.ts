import { address, environmentName, port, text } from '../../harness/config/wanted.ts';

/** The part of a checker of the configuration that a question needs. */
interface Checker {
  readonly safeParse: (value: unknown) => {
    readonly error?: { readonly issues: readonly { readonly message: string }[] } | undefined;
  };
}

const troubleBy =
  (checker: Checker) =>
  (answer: unknown): string | undefined => {
    const issue = checker.safeParse(answer).error?.issues[0];
    return issue === undefined ? undefined : `Wanted ${issue.message}.`;
  };

/** What is wrong with answers, by the rules of the configuration itself. */
export const trouble = {
  address: troubleBy(address('an http or https address')),
  variable: troubleBy(environmentName()),
  some: troubleBy(text('some text')),
  port: (answer: string) => troubleBy(port(1))(/^\d+$/.test(answer) ? Number(answer) : answer),
  none: () => undefined,
} as const;
