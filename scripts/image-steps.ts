import path from 'node:path';
import { followDockerfile } from './image/follow-dockerfile.ts';

// `node scripts/image-steps.ts [FOLDER]` does what `docker build` would, step by step in a clean folder, and says where the
// last stage is. It is no container: the programs are this machine's.
const target = process.argv[2];
const image = await followDockerfile(path.join(import.meta.dirname, '..'), {
  ...(target ? { into: path.resolve(target) } : {}),
  tell: (step) => process.stderr.write(`${step}\n`),
});
process.stdout.write(`${JSON.stringify(image)}\n`);
