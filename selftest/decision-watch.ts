import { isDeepStrictEqual } from 'node:util';
import type { Behaviour } from '../simulator/behaviour.ts';
import type { Column } from '../simulator/core/table.ts';
import { contractBehaviour } from '../simulator/behaviour.ts';
import type { Deviation } from '../simulator/deviation.ts';

type Decision = (...args: unknown[]) => unknown;

/** A decision as one deviation would take it. */
interface Other {
  readonly deviation: string;
  readonly decide: Decision;
}

/**
 * Watches a simulator that follows the contract, and notes which deviations would have decided otherwise. Decisions
 * have no side effects, so as long as a deviation decides as the contract does, nobody can tell the two apart: a check
 * in which it never decided otherwise ends with it as without it.
 */
export class DecisionWatch {
  readonly #others = new Map<string, Other[]>();
  #reached = new Set<string>();

  /** @param deviations those without choices of their own */
  constructor(deviations: readonly Deviation[]) {
    for (const { name, behaviour } of deviations) {
      for (const [decision, decide] of Object.entries(behaviour(contractBehaviour))) {
        const others = this.#others.get(decision) ?? [];
        others.push({ deviation: name, decide: decide as Decision });
        this.#others.set(decision, others);
      }
    }
  }

  /** The names of the deviations that would have decided otherwise since this was last asked. */
  take(): ReadonlySet<string> {
    const reached = this.#reached;
    this.#reached = new Set();
    return reached;
  }

  /** The decisions given, watched. */
  readonly watched = (behaviour: Behaviour): Behaviour => {
    const watched = Object.entries(behaviour).map(([name, decide]: [string, Decision]) => {
      const others = this.#others.get(name);
      if (others === undefined) return [name, decide];
      if (name === 'columns') return [name, this.#columns(decide, others)];
      return [name, name === 'retryWait' ? this.#watchWait(decide, others) : this.#watch(decide, others)];
    });
    return Object.fromEntries(watched) as Behaviour;
  };

  #watch(decide: Decision, others: readonly Other[]): Decision {
    return (...args) => {
      const decided = decide(...args);
      for (const other of others) this.#compare(other, decided, args);
      return decided;
    };
  }

  /** The wait draws a random number: the others get the same one. */
  #watchWait(decide: Decision, others: readonly Other[]): Decision {
    return (operation, failure, situation) => {
      const drawn: number[] = [];
      const { random } = situation as { readonly random: () => number };
      const draw = (): number => {
        const number = random();
        drawn.push(number);
        return number;
      };
      const decided = decide(operation, failure, { ...(situation as object), random: draw });
      for (const other of others) {
        const left = drawn.values();
        const again = { ...(situation as object), random: () => left.next().value ?? 0.5 };
        this.#compare(other, decided, [operation, failure, again]);
      }
      return decided;
    };
  }

  #compare({ deviation, decide }: Other, decided: unknown, args: readonly unknown[]): void {
    if (!this.#reached.has(deviation) && !alike(decided, decide, args)) this.#reached.add(deviation);
  }

  /** Columns are decided once for a simulator; what they show, whenever they are read. */
  #columns(decide: Decision, others: readonly Other[]): Decision {
    return (...args) => {
      const columns = decide(...args) as readonly Column[];
      const lists = others.map(({ deviation, decide: other }) => {
        const list = other(...args) as readonly Column[];
        // With other columns it is otherwise wherever the table is read at all.
        const same = isDeepStrictEqual(list.map(description), columns.map(description));
        return { deviation, list: same ? list : undefined };
      });
      return columns.map((column, at) => {
        const twins = lists.map(({ deviation, list }) => ({ deviation, column: list?.[at] }));
        return this.#column(column, twins);
      });
    };
  }

  #column(
    column: Column,
    twins: readonly { readonly deviation: string; readonly column: Column | undefined }[],
  ): Column {
    const look = (of: (column: Column) => Decision): Decision => {
      const decide = of(column);
      const others = twins.map(({ deviation, column: other }) => ({
        deviation,
        decide: other === undefined ? () => other : of(other),
      }));
      return this.#watch(decide, others);
    };
    const shows = [column, ...twins.map((twin) => twin.column)].some((one) => one?.show !== undefined);
    return {
      ...column,
      read: look(({ read }) => read as Decision) as Column['read'],
      ...(shows ? { show: look((one) => (one.show ?? one.read) as Decision) as Column['show'] } : {}),
    } as Column;
  }
}

/** All of a column but its functions. */
function description(column: Column): object {
  return Object.fromEntries(Object.entries(column).filter(([, value]) => typeof value !== 'function'));
}

function alike(decided: unknown, other: Decision, args: readonly unknown[]): boolean {
  try {
    const otherwise = other(...args);
    return otherwise === decided || isDeepStrictEqual(otherwise, decided);
  } catch {
    return false;
  }
}
