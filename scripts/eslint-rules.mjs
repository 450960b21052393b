// The rules of the house that ESLint does not have: which folder may import from which, no circle of
// imports, no cut before a mask. Written here, because the plugins that have them resolve modules by native code
// whose packages do not exist for every platform.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** The absolute path that a relative import means; undefined for a package. */
function targetOf(file, specifier) {
  return specifier.startsWith('.') ? path.resolve(path.dirname(file), specifier) : undefined;
}

function folderOf(file) {
  const [folder = '', ...rest] = path.relative(root, file).split(path.sep);
  return rest.length === 0 ? undefined : folder;
}

/** Calls `visit(node, specifier)` for everything in a module that imports or exports from another. */
function visitImports(visit) {
  const source = (node) => {
    if (typeof node.source?.value === 'string') visit(node, node.source.value);
  };
  return {
    ImportDeclaration: source,
    ExportNamedDeclaration: source,
    ExportAllDeclaration: source,
    ImportExpression: source,
    TSImportType: source,
  };
}

const direction = {
  meta: { type: 'problem', schema: [{ type: 'object' }] },
  create(context) {
    const [{ allowed, except = {} }] = context.options;
    const file = context.filename;
    const own = folderOf(file);
    if (own === undefined || !(own in allowed)) return {};
    const extra = except[path.relative(root, file).split(path.sep).join('/')] ?? [];
    const may = new Set([own, ...allowed[own], ...extra]);
    return visitImports((node, specifier) => {
      const target = targetOf(file, specifier);
      const folder = target === undefined ? undefined : folderOf(target);
      if (folder === undefined || !(folder in allowed) || may.has(folder)) return;
      context.report({
        node,
        message: `${own}/ may import only from ${[...may].join(', ')}; not from ${folder}/.`,
      });
    });
  },
};

// An import of types only vanishes when the code runs, so it closes no circle.
const importing = /^\s*(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?['"](\.[^'"]+)['"]/gm;
const graph = new Map();

function importsOf(file) {
  let imports = graph.get(file);
  if (imports === undefined) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    imports = [...text.matchAll(importing)].map(([, specifier]) => targetOf(file, specifier));
    graph.set(file, imports);
  }
  return imports;
}

/** The shortest way along imports from a file back to itself. */
function circleThrough(file) {
  const before = new Map(importsOf(file).map((next) => [next, undefined]));
  for (const at of before.keys()) {
    if (at === file) {
      const way = [file];
      for (let step = before.get(file); step !== undefined; step = before.get(step)) way.unshift(step);
      return [file, ...way];
    }
    for (const next of importsOf(at)) if (!before.has(next)) before.set(next, at);
  }
  return undefined;
}

const noCircle = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      Program(node) {
        // The editor may hold a newer text than the disk.
        graph.delete(context.filename);
        const circle = circleThrough(context.filename);
        if (circle === undefined) return;
        const way = circle.map((file) => path.relative(root, file)).join(' → ');
        context.report({ node, message: `A circle of imports: ${way}.` });
      },
    };
  },
};

/** As an ESLint plugin: `house/direction` and `house/no-circle`. */
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

export const house = {
  rules: { direction, 'no-circle': noCircle, 'mask-before-cut': maskBeforeCut },
};
