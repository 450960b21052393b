import fc from 'fast-check';

/** A condition on one column, with the value as the filter writes it and as it compares. */
export interface Comparison {
  readonly column: string;
  readonly operator: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
  readonly value: number | string;
}

/** A filter as a tree. */
export type Expression =
  | { readonly kind: 'compare'; readonly comparison: Comparison }
  | {
      readonly kind: 'and' | 'or';
      readonly left: Expression;
      readonly right: Expression;
      readonly bracketed: boolean;
    }
  | { readonly kind: 'not'; readonly inner: Expression };

/** Random filters over the given comparisons. */
export function expressions(comparisons: fc.Arbitrary<Comparison>): fc.Arbitrary<Expression> {
  return fc.letrec<{ leaf: Expression; tree: Expression }>((tie) => ({
    leaf: comparisons.map((comparison) => ({ kind: 'compare', comparison })),
    tree: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      tie('leaf'),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        left: tie('tree'),
        right: tie('tree'),
        bracketed: fc.boolean(),
      }),
      tie('tree').map((inner): Expression => ({ kind: 'not', inner })),
    ),
  })).tree;
}

/**
 * Writes a filter. Brackets stand where the tree needs them (`and` binds before `or`), and where it
 * asks for them besides; `not` is always followed by a bracket.
 */
export function filterText(expression: Expression, parent: 'and' | 'or' | 'top' = 'top'): string {
  switch (expression.kind) {
    case 'compare': {
      const { column, operator, value } = expression.comparison;
      return `${column} ${operator} ${value}`;
    }
    case 'not':
      return `not (${filterText(expression.inner)})`;
    default: {
      const text = `${filterText(expression.left, expression.kind)} ${expression.kind} ${filterText(expression.right, expression.kind)}`;
      const needed = expression.kind === 'or' && parent === 'and';
      return needed || expression.bracketed ? `(${text})` : text;
    }
  }
}

/** Whether a row satisfies a filter; written independently of any target. */
export function holds(expression: Expression, compare: (comparison: Comparison) => number): boolean {
  switch (expression.kind) {
    case 'and':
      return holds(expression.left, compare) && holds(expression.right, compare);
    case 'or':
      return holds(expression.left, compare) || holds(expression.right, compare);
    case 'not':
      return !holds(expression.inner, compare);
    case 'compare': {
      const order = compare(expression.comparison);
      switch (expression.comparison.operator) {
        case 'eq':
          return order === 0;
        case 'ne':
          return order !== 0;
        case 'gt':
          return order > 0;
        case 'ge':
          return order >= 0;
        case 'lt':
          return order < 0;
        case 'le':
          return order <= 0;
      }
    }
  }
}
