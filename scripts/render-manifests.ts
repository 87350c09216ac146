import path from 'node:path';
import { stringify } from 'yaml';
import { render } from './manifests/render.ts';

// `node scripts/render-manifests.ts deploy/k8s/production` prints what would be applied, where there is no kubectl.
const folder = path.resolve(process.argv[2] ?? 'deploy/k8s/production');
process.stdout.write(
  render(folder)
    .map((resource) => stringify(resource))
    .join('---\n'),
);
