import type { JsonObject } from '../answer.ts';
import { tables, type ComponentKind } from './components.ts';
import type { Plan, InstallationStep } from './plan.ts';
import type { Registry } from './registry.ts';
import type { Survey } from './survey.ts';

/** A plan was begun and not finished. `cause` is what stopped it. */
export class PlanStopped extends Error {
  override readonly name = 'PlanStopped';
  readonly done: readonly InstallationStep[];
  readonly at: InstallationStep;

  constructor(done: readonly InstallationStep[], at: InstallationStep, cause: Error) {
    super(cause.message, { cause });
    this.done = done;
    this.at = at;
  }
}

/**
 * Does what a plan says, in its order; `tell` hears of each step once it is done.
 *
 * @throws PlanStopped with what was done, as soon as the target refuses something or does not answer
 */
export async function carryOut(
  registry: Registry,
  { steps }: Plan,
  there: Survey,
  tell: (step: InstallationStep) => void,
): Promise<void> {
  const ids = new Map<ComponentKind, string>();
  if (there.api !== undefined) ids.set('api', there.api.id);
  const done: InstallationStep[] = [];
  for (const step of steps) {
    try {
      await perform(registry, step, ids);
    } catch (error) {
      throw new PlanStopped(done, step, error instanceof Error ? error : new Error(String(error)));
    }
    if (step.action !== 'keep') done.push(step);
    tell(step);
  }
}

/** `ids`: of the rows that later ones link to, as they become known. */
async function perform(
  registry: Registry,
  step: InstallationStep,
  ids: Map<ComponentKind, string>,
): Promise<void> {
  const { component } = step;
  const { kind } = component;
  const { set, naming } = tables[kind];
  switch (step.action) {
    case 'create': {
      const body = {
        [naming]: component.name,
        ...component.values,
        ...(step.content === undefined ? {} : { content: step.content, sourcetype: 0 }),
        ...linkOf(kind, ids),
      };
      ids.set(kind, await registry.create(set, body));
      return;
    }
    case 'change': {
      ids.set(kind, step.component.id);
      const { values, content, relink } = step;
      const link = relink ? linkOf(kind, ids) : {};
      await registry.change(set, step.component.id, {
        ...values,
        ...(content === undefined ? {} : { content }),
        ...link,
      });
      return;
    }
    case 'delete':
      return registry.remove(set, step.component.id);
    case 'keep':
      ids.set(kind, step.component.id);
  }
}

/** A custom API is linked where its plug-in is known, all else always. */
function linkOf(kind: ComponentKind, ids: ReadonlyMap<ComponentKind, string>): JsonObject {
  const { link } = tables[kind];
  const id = link === undefined ? undefined : ids.get(link.kind);
  if (link === undefined || id === undefined) return {};
  return { [`${link.navigation}@odata.bind`]: `/${tables[link.kind].set}(${id})` };
}
