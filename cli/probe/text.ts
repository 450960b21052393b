import { titleOf } from '../../harness/installation/components.ts';
import type { InstallationStep } from '../../harness/installation/plan.ts';

const done = { create: 'created', change: 'changed', delete: 'deleted', keep: 'kept' } as const;
const intended = {
  create: 'would create',
  change: 'would change',
  delete: 'would delete',
  keep: 'kept',
} as const;

/** A step as a line: what was done, or with `dry` would be. */
export function stepLine(step: InstallationStep, dry: boolean): string {
  const word = (dry ? intended : done)[step.action].padEnd(dry ? 12 : 7);
  return `${word}  ${titleOf(step.component)}${detailOf(step)}`;
}

function detailOf(step: InstallationStep): string {
  if (step.action === 'keep') return step.why === undefined ? '' : `: ${step.why}`;
  if (step.action !== 'change') return '';
  const parts = [
    ...Object.keys(step.values),
    ...(step.content === undefined ? [] : ['content']),
    ...(step.relink ? ['plug-in type'] : []),
  ];
  return `: ${parts.join(', ')}`;
}

/** A step that did not succeed, in words. */
export function failedStep({ action, component }: InstallationStep): string {
  return `could not ${action} the ${titleOf(component)}`;
}

/** What was done of a plan that was stopped, in words. */
export function doneSoFar(steps: readonly InstallationStep[]): string {
  if (steps.length === 0) return 'Nothing was changed before.';
  return `Done before: ${steps.map((step) => `${done[step.action]} ${titleOf(step.component)}`).join(', ')}.`;
}

/** A text with one full stop at its end. */
export function asSentence(text: string): string {
  return `${text.replace(/\.\s*$/, '')}.`;
}
