import path from 'node:path';
import ts from 'typescript';
import type { Resource } from '../../scripts/manifests/resource.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const FILE = path.join(ROOT, 'test/deployment/manifests.generated.ts');

/**
 * The fields that no Kubernetes knows. JSON schemas of Kubernetes allow any further field, so a misspelt one would pass:
 * the package's types, which are made from the same schemas, do not.
 */
export function unknownFields(resources: Resource[]): string[] {
  const source = resources.map(declaration).join('\n');
  const options: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => name === FILE || fileExists.call(host, name);
  host.readFile = (name) => (name === FILE ? source : readFile.call(host, name));
  host.getSourceFile = (name, ...rest) =>
    name === FILE
      ? ts.createSourceFile(FILE, source, ts.ScriptTarget.ES2022)
      : getSourceFile.call(host, name, ...rest);
  const program = ts.createProgram([FILE], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ').replaceAll(/\s+/g, ' '));
}

// As a literal: only there does TypeScript refuse a property that the type does not have.
function declaration(resource: Resource, at: number): string {
  const { apiVersion, kind } = resource;
  const where = apiVersion.startsWith('monitoring.coreos.com')
    ? '@kubernetes-models/prometheus-operator'
    : 'kubernetes-models';
  return `export const r${at}: import('${where}/${apiVersion}').I${kind} = ${JSON.stringify(resource)};`;
}
