import { parseSync } from 'vite';

/** One place where a file asks for a module by a name that is written there. */
export interface FoundImport {
  readonly kind: 'import' | 'require';
  readonly specifier: string;
  /** Whether the program goes on where it is missing: it stands in a `try` that catches. */
  readonly isTried: boolean;
}

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/**
 * The modules that a JavaScript file imports or requires by name, at its start or later; names that are
 * computed at run time are not seen.
 */
export function importsIn(fileName: string, text: string): FoundImport[] {
  const found: FoundImport[] = [];
  const visit = (value: unknown, isTried: boolean): void => {
    if (Array.isArray(value)) for (const one of value) visit(one, isTried);
    if (!isNode(value)) return;
    const import_ = importOf(value);
    if (import_ !== null) found.push({ ...import_, isTried });
    for (const [field, child] of Object.entries(value)) {
      const opensTry = value.type === 'TryStatement' && field === 'block' && value.handler !== null;
      visit(child, isTried || opensTry);
    }
  };
  visit(parseSync(fileName, text, { sourceType: 'unambiguous' }).program, false);
  return found;
}

const withSource = [
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
];

function importOf(node: Node): Pick<FoundImport, 'kind' | 'specifier'> | null {
  if (withSource.includes(node.type)) return named('import', node.source);
  const calls = node.type === 'CallExpression' && isRequire(node.callee);
  return calls && Array.isArray(node.arguments) ? named('require', node.arguments[0]) : null;
}

function named(kind: FoundImport['kind'], node: unknown): ReturnType<typeof importOf> {
  const isText = isNode(node) && node.type === 'Literal' && typeof node.value === 'string';
  return isText ? { kind, specifier: String(node.value) } : null;
}

/** `require`, as bundlers call it too, `createRequire(…)`, and `.resolve` of either. */
function isRequire(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee.type === 'Identifier') return /^(__)?require(\$\d+)?$/.test(String(callee.name));
  if (callee.type === 'CallExpression') return isNamed(callee.callee, 'createRequire');
  const isMember = callee.type === 'MemberExpression' && isNamed(callee.property, 'resolve');
  return isMember && isRequire(callee.object);
}

function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.type === 'Identifier' && node.name === name;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
