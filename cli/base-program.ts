import { Command } from 'commander';
import { refuseEmptyOptions } from './empty-options.ts';
import { suiteIdentity } from './package.ts';
import type { Terminal } from './terminal.ts';

/** What all programs have in common: the version, help, and messages that begin with the program's name. */
export function baseProgram(name: string, terminal: Terminal): Command {
  return new Command(name)
    .version(suiteIdentity().version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.document(text.trimEnd());
      },
      writeErr: (text) => {
        terminal.err(text.trimEnd());
      },
      outputError: (text, write) => {
        write(`${name}: ${text.replace(/^error: /, '')}`);
      },
    })
    .showSuggestionAfterError(true)
    .hook('preAction', (_program, command) => {
      refuseEmptyOptions(command);
    });
}
