import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');
const run = promisify(execFile);

// A house of cards in a temporary folder, judged by the project's own rules.
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vsa-imports-'));
  await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  await writeFile(path.join(folder, 'tsconfig.json'), '{ "compilerOptions": { "module": "NodeNext" } }');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function judge(files: Record<string, string>): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  const roots = [...new Set(Object.keys(files).map((name) => name.split('/')[0]!))];
  const depcruise = path.join(ROOT, 'node_modules/.bin/depcruise');
  const config = path.join(ROOT, '.dependency-cruiser.cjs');
  return run(depcruise, ['--config', config, ...roots], { cwd: folder }).then(
    () => 'clean',
    (error: { stdout: string }) => error.stdout,
  );
}

const VERB = 'export const verb = 1;\n';

it('lets a file import from its own floor and from below', async () => {
  const verdict = await judge({
    'app/errors.ts': VERB,
    'app/contacts/one.ts': "export { verb } from '../errors.ts';\n",
    'app/contacts/two.ts': "export { verb } from './one.ts';\n",
    'app/calling/three.ts': "export { verb } from '../contacts/two.ts';\n",
  });
  expect(verdict).toBe('clean');
});

it.each([
  ['app/infra/db/up.ts', 'app/campaigns/verb.ts', 'floors-infra'],
  ['app/contacts/up.ts', 'app/calling/verb.ts', 'floors-contacts'],
  ['app/notifications/up.ts', 'app/reporting/verb.ts', 'floors-notifications'],
  ['app/calling/up.ts', 'app/context.ts', 'floors-calling'],
  ['app/calling/up.ts', 'carrier/verb.ts', 'app-knows-no-outside'],
  ['app/calling/dialogue/up.ts', 'app/calling/telephony/verb.ts', 'dialogue-does-not-know-telephony'],
  ['embedded/up.ts', 'app/errors.ts', 'embedded-does-not-know'],
  ['web/lib/up.ts', 'web/app/verb.ts', 'web-lib-below-components'],
])('refuses %s importing %s', async (from, to, rule) => {
  const target = path.relative(path.dirname(from), to);
  const verdict = await judge({
    [to]: VERB,
    [from]: `export { verb } from '${target.startsWith('.') ? target : `./${target}`}';\n`,
  });
  expect(verdict).toContain(rule);
});

it('keeps a vendor in the room named for it', async () => {
  const verdict = await judge({
    'app/calling/place.ts': "import twilio from 'twilio';\nexport const a = twilio;\n",
  });
  expect(verdict).toContain('vendor-twilio');
});
