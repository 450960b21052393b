// The rule of the house that ESLint does not have: no cut before a mask.

/** Whether the text below a node is the text of the node as well. */
function passesTextOn(node) {
  const name = (node.callee ?? node).property?.name;
  return (
    ['toWellFormed', 'trim', 'trimEnd'].includes(name) || /^(Conditional|Logical)Expression$/.test(node.type)
  );
}

// Half a secret is not found any more, so a text is masked before it is cut.
const maskBeforeCut = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    CallExpression(node) {
      const { callee, arguments: given } = node;
      if (!['slice', 'substring', 'substr'].includes(callee.property?.name)) return;
      if (given.length < 2 || given[0].value !== 0 || given[1].type === 'UnaryExpression') return;
      // One letter, to write it large.
      if (given[1].value === 1) return;
      if (callee.object.callee?.name === 'randomUUID') return;
      const message = 'Cut with excerpt() of harness/mask/excerpt.ts: it masks secrets before it cuts.';
      let above = node.parent;
      while (passesTextOn(above)) above = above.parent;
      if (above.type === 'TemplateLiteral' || above.callee?.object?.name === 'JSON')
        context.report({ node, message });
    },
  }),
};

/** As an ESLint plugin: `house/mask-before-cut`. */
export const house = { rules: { 'mask-before-cut': maskBeforeCut } };
