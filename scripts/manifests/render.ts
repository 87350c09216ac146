import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { isSame, mergePatch, type Resource, walk } from './resource.ts';

type Image = { name: string; newName?: string; newTag?: string };
type Kustomization = {
  namespace?: string;
  labels?: { pairs: Record<string, string>; includeSelectors?: boolean }[];
  resources?: string[];
  components?: string[];
  patches?: { patch?: string; path?: string }[];
  images?: Image[];
  configMapGenerator?: {
    name: string;
    files: string[];
    options: { disableNameSuffixHash: true; labels?: Record<string, string> };
  }[];
};

// What is not read here would be left out without a word: it is refused.
const KNOWN = new Set([
  ...['apiVersion', 'kind', 'namespace', 'labels', 'resources'],
  ...['components', 'patches', 'images', 'configMapGenerator'],
]);
// Of the whole cluster: they have no namespace.
const CLUSTER_WIDE = new Set(['Namespace']);

/** What `kubectl kustomize FOLDER` would print, for the part of kustomize that these manifests use. */
export function render(folder: string): Resource[] {
  return apply(folder, []);
}

function apply(folder: string, given: Resource[]): Resource[] {
  const text = readFileSync(path.join(folder, 'kustomization.yaml'), 'utf8');
  const kustomization = parse(text) as Kustomization;
  const strange = Object.keys(kustomization).filter((name) => !KNOWN.has(name));
  if (strange.length > 0) throw new Error(`${folder}: ${strange.join(', ')} is not rendered here`);
  const { resources = [], components = [], configMapGenerator = [], patches = [] } = kustomization;
  let all = [...given, ...resources.flatMap((name) => load(folder, name))];
  all.push(...configMapGenerator.map((generator) => configMap(folder, generator)));
  for (const name of components) all = apply(path.join(folder, name), all);
  for (const patch of patches) all = patched(all, patchOf(folder, patch));
  for (const resource of all) transform(resource, kustomization);
  refuseTwins(all, folder);
  return all;
}

function load(folder: string, name: string): Resource[] {
  const target = path.join(folder, name);
  if (!name.endsWith('.yaml')) return apply(target, []);
  return parseAllDocuments(readFileSync(target, 'utf8')).map((document) => {
    if (document.errors.length > 0) throw new Error(`${target}: ${document.errors[0]?.message}`);
    return document.toJS() as Resource;
  });
}

function configMap(
  folder: string,
  { name, files, options }: NonNullable<Kustomization['configMapGenerator']>[0],
): Resource {
  if (!options.disableNameSuffixHash) throw new Error(`${name}: names with a hash are not rendered here`);
  const data = Object.fromEntries(files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]));
  const metadata = { name, ...(options.labels ? { labels: options.labels } : {}) };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
}

function patchOf(folder: string, { patch, path: file }: { patch?: string; path?: string }): Resource {
  return parse(patch ?? readFileSync(path.join(folder, String(file)), 'utf8')) as Resource;
}

function patched(all: Resource[], patch: Resource): Resource[] {
  if (!all.some((resource) => isSame(resource, patch))) {
    throw new Error(`there is no ${patch.kind} ${patch.metadata.name} to patch`);
  }
  if (patch.$patch === 'delete') return all.filter((resource) => !isSame(resource, patch));
  return all.map((resource) =>
    isSame(resource, patch) ? (mergePatch(resource, patch) as Resource) : resource,
  );
}

function transform(resource: Resource, { namespace, labels = [], images = [] }: Kustomization): void {
  if (namespace && !CLUSTER_WIDE.has(resource.kind)) resource.metadata.namespace = namespace;
  for (const { pairs, includeSelectors = false } of labels) {
    resource.metadata.labels = { ...resource.metadata.labels, ...pairs };
    if (includeSelectors) labelSelectors(resource, pairs);
  }
  walk(resource, (tree) => {
    const image = images.find(({ name }) => tree.image === name);
    if (image) tree.image = `${image.newName ?? image.name}${image.newTag ? `:${image.newTag}` : ''}`;
  });
}

/** Pods get the labels, and whoever selects pods selects by them. */
function labelSelectors(resource: Resource, pairs: Record<string, string>): void {
  const isSelecting = ['Deployment', 'Service', 'PodDisruptionBudget', 'NetworkPolicy', 'Job'].includes(
    resource.kind,
  );
  if (!isSelecting) return;
  const spec = resource.spec as Record<string, Record<string, unknown>>;
  if (resource.kind === 'Service') spec.selector = { ...spec.selector, ...pairs };
  if (spec.selector?.matchLabels) Object.assign(spec.selector.matchLabels, pairs);
  // An empty selector means every pod of the namespace.
  if (spec.podSelector?.matchLabels) Object.assign(spec.podSelector.matchLabels, pairs);
  const template = spec.template as unknown as Resource | undefined;
  if (template) template.metadata.labels = { ...template.metadata.labels, ...pairs };
}

function refuseTwins(all: Resource[], folder: string): void {
  for (const [at, resource] of all.entries()) {
    if (all.findIndex((other) => isSame(other, resource)) !== at) {
      throw new Error(`${folder}: ${resource.kind} ${resource.metadata.name} is there twice`);
    }
  }
}
