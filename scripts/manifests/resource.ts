/** A Kubernetes object as it is read and written. */
export type Resource = {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [field: string]: unknown;
};

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True when both are the same object of the cluster, or a patch of it. */
export function isSame(one: Resource, other: Resource): boolean {
  return (
    one.apiVersion === other.apiVersion &&
    one.kind === other.kind &&
    one.metadata.name === other.metadata.name
  );
}

/** A strategic merge of what is used here: objects are merged, null removes, named lists are merged by name. */
export function mergePatch(base: unknown, patch: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(patch) && patch.every(hasName)) return mergeNamed(base, patch);
  if (!isTree(base) || !isTree(patch)) return patch;
  const merged: Tree = { ...base };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = name in merged ? mergePatch(merged[name], value) : value;
  }
  return merged;
}

const hasName = (item: unknown): item is { name: string } => isTree(item) && typeof item.name === 'string';

function mergeNamed(base: unknown[], patch: { name: string }[]): unknown[] {
  const merged = base.map((item) => {
    const change = hasName(item) ? patch.find(({ name }) => name === item.name) : undefined;
    return change ? mergePatch(item, change) : item;
  });
  const known = base.filter(hasName).map(({ name }) => name);
  return [...merged, ...patch.filter(({ name }) => !known.includes(name))];
}

/** Calls `visit` on every object inside, itself among them. */
export function walk(value: unknown, visit: (tree: Tree) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (isTree(value)) {
    visit(value);
    for (const item of Object.values(value)) walk(item, visit);
  }
}
