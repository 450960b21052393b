import type { Command } from 'commander';

/**
 * Refuses options whose value is empty. That is what is left of `--report "$DIR"` where the variable is not set; it
 * would mean the folder that one stands in, or for `--host` all addresses of the machine.
 */
export function refuseEmptyOptions(command: Command): void {
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    if (typeof value === 'string' && value.trim() === '')
      command.error(`error: option '${option.flags}' must not be empty.`, { exitCode: 2 });
  }
}
