// Installs what is missing before any script of package.json runs. Plain JavaScript: it must run on Node 20, without
// a single package. With nothing to do it only compares hashes.
import { rmSync, writeFileSync } from 'node:fs';
import { exclusively } from './setup/exclusively.mjs';
import { installNode, installPackages } from './setup/install.mjs';
import { hasNode, isInstalled, isStamped, stampFile, wantedHash } from './setup/state.mjs';

async function setUp() {
  const hash = wantedHash();
  if (isStamped(hash)) return;
  await exclusively(async () => {
    // Whoever held the lock before may have done it all.
    if (isStamped(hash)) return;
    const started = Date.now();
    rmSync(stampFile, { force: true });
    if (!isInstalled()) await installPackages();
    if (!hasNode()) await installNode();
    const seconds = (Date.now() - started) / 1000;
    writeFileSync(stampFile, JSON.stringify({ hash, seconds, finished_at: new Date().toISOString() }));
    if (seconds > 1) console.error(`Installed the packages in ${seconds.toFixed(1)} s.`);
  });
}

try {
  await setUp();
} catch (error) {
  console.error(`Set-up failed: ${error.message}`);
  process.exitCode = 1;
}
