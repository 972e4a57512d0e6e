import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const importPattern = /(?<!['"])\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

/** What a source text imports, as it is written there: values and types, packages and files. */
export function specifiersIn(text: string): string[] {
  return Array.from(text.matchAll(importPattern), (match) => match[1]!);
}

/**
 * What each .ts and .svelte file under a folder imports of that folder, values and types alike; paths
 * are relative to `root`, with `/` on every system.
 */
export function importGraph(root: string): Map<string, string[]> {
  const files = globSync('**/*.{ts,svelte}', { cwd: root }).map(toPosix).sort();
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const targets = specifiersIn(text)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => posix.join(posix.dirname(file), specifier))
        .filter((target) => !target.startsWith('../'));
      return [file, [...new Set(targets)].sort()];
    }),
  );
}

/** The same between folders: each directory is a node, and a sub-folder another than its parent. */
export function folderGraph(files: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const folders = new Map<string, Set<string>>();
  for (const [file, targets] of files) {
    const folder = dirname(file);
    const known = folders.get(folder) ?? new Set();
    for (const target of targets) if (dirname(target) !== folder) known.add(dirname(target));
    folders.set(folder, known);
  }
  return new Map([...folders].map(([folder, targets]) => [folder, [...targets].sort()]));
}

/** The strongly connected components of more than one node (Tarjan 1972), each in sorted order. */
export function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const onPath = new Set<string>();
  const found: string[][] = [];

  function visit(node: string): void {
    order.set(node, order.size);
    lowest.set(node, order.get(node)!);
    path.push(node);
    onPath.add(node);
    for (const target of graph.get(node) ?? []) {
      if (!order.has(target)) visit(target);
      if (onPath.has(target)) lowest.set(node, Math.min(lowest.get(node)!, lowest.get(target)!));
    }
    if (lowest.get(node) !== order.get(node)) return;
    const component = path.splice(path.indexOf(node));
    for (const member of component) onPath.delete(member);
    if (component.length > 1) found.push(component.sort());
  }

  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found;
}

/** The imports among the nodes of one circle, a line each, to see where it can be cut. */
export function importsWithin(
  graph: ReadonlyMap<string, readonly string[]>,
  circle: readonly string[],
): string[] {
  return circle.flatMap((node) =>
    (graph.get(node) ?? [])
      .filter((target) => circle.includes(target))
      .map((target) => `${node} imports ${target}`),
  );
}

function toPosix(path: string): string {
  return path.replaceAll('\\', '/');
}
