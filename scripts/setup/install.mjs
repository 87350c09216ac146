import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasNode, isInstalled, LEAST_NODE, modules, root } from './state.mjs';

/** The node that runs npm, as the one in node_modules is about to be replaced. */
const node = process.env.npm_node_execpath ?? process.execPath;

const npm = process.env.npm_execpath?.endsWith('.js') ? [node, process.env.npm_execpath] : ['npm'];

/**
 * Installs the locked packages, those for development and of this platform included.
 *
 * Not by `npm ci`: it refuses a lock file without the binaries of every platform there is, which a registry mirror
 * need not have, and begins by deleting what other commands of this clone may be running from. What it would have
 * promised is checked afterwards.
 */
export async function installPackages() {
  console.error('Installing packages (once; a minute or so) …');
  await npmInstall();
  if (isInstalled()) return;
  // An installation that was cut off can leave what npm takes for whole.
  rmSync(modules, { recursive: true, force: true });
  await npmInstall();
  if (!isInstalled()) throw new Error('npm installed other packages than package-lock.json names.');
}

async function npmInstall() {
  const included = ['--include=dev', '--include=optional', '--engine-strict=false'];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const code = await run([...npm, 'install', '--no-save', ...included, ...quiet], root);
  if (code !== 0) throw new Error('npm did not succeed; its own words are above. Is the registry in reach?');
}

/** Where install scripts are forbidden the pinned Node is not there yet: its script is run by hand. */
export async function installNode() {
  const script = join(modules, 'node', 'installArchSpecificPackage.js');
  if (existsSync(script)) {
    await run([node, script], join(modules, 'node'));
    // Makes the link in .bin, which npm left out while the program was not there.
    await run([...npm, 'rebuild', 'node', '--ignore-scripts', '--loglevel=error'], root);
  }
  if (hasNode()) return;
  throw new Error(`Node ${LEAST_NODE} could not be installed. Install Node ${LEAST_NODE} or later yourself.`);
}

/** Runs a program with its output on standard error; answers its exit code. */
function run([command, ...args], cwd) {
  // What the outer npm passes down would be taken for settings of this one.
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package)_/.test(name));
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: Object.fromEntries(inherited),
      shell: process.platform === 'win32' && command === 'npm',
      stdio: ['ignore', 2, 2],
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code));
  });
}
