import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeJson } from '../../embedded/persisted.ts';
import { identifyProcess } from '../../embedded/process-identity.ts';
import { Application, endLeftoverApplication } from '../../embedded/stack/application.ts';
import { waitFor } from '../support/wait-for.ts';

let root: string;
let dataDir: string;
let lines: string[];
let application: Application;
let givenUp: Promise<void>;

/** A root folder whose application is this script. */
function applicationOf(script: string): Application {
  writeFileSync(join(root, 'app', 'main.ts'), script);
  let giveUp = () => {};
  givenUp = new Promise((resolve) => {
    giveUp = resolve;
  });
  const settings = { PATH: process.env.PATH ?? '', GREETING: 'hello' };
  application = new Application({
    root,
    dataDir,
    settings,
    log: (line) => lines.push(line),
    givenUp: giveUp,
  });
  return application;
}

const logged = () => readFileSync(join(dataDir, 'logs', 'application.log'), 'utf8');
const untilLogged = (text: string) => waitFor(`"${text}" in the log`, () => logged().includes(text));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'application-test-'));
  dataDir = join(root, 'data');
  mkdirSync(join(root, 'app'));
  mkdirSync(dataDir);
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  lines = [];
});
afterEach(async () => {
  await application.stop(100);
  rmSync(root, { recursive: true, force: true });
});

test('runs with its settings alone and ends when it is asked', async () => {
  const script =
    'console.log(process.env.GREETING, process.argv[2]); process.on("SIGTERM", () => { console.log("bye"); process.exit(); }); setInterval(() => {}, 1000);';
  applicationOf(script).start();
  await untilLogged('hello all');
  await application.stop(10_000);
  expect(logged()).toContain('bye');
  expect(lines).toEqual([]);
  expect(existsSync(join(dataDir, 'application.json'))).toBe(false);
});

test('is ended when it does not want to go', async () => {
  applicationOf('process.on("SIGTERM", () => {}); console.log("deaf"); setInterval(() => {}, 1000);').start();
  await untilLogged('deaf');
  const pid = application.pid()!;
  await application.stop(200);
  expect(identifyProcess(pid)).toBeNull();
});

test('is started again when it is killed', async () => {
  applicationOf('console.log("up", process.pid); setInterval(() => {}, 1000);').start();
  const first = application.pid()!;
  await untilLogged(`up ${first}`);
  process.kill(first, 'SIGKILL');
  await waitFor('another process', () => application.pid() !== undefined && application.pid() !== first);
  await untilLogged(`up ${application.pid()}`);
  expect(lines.join()).toContain('ended unexpectedly (SIGKILL)');
});

test('that cannot live is given up, with its last words', async () => {
  applicationOf('console.error("PORT makes no sense"); process.exit(2);').start();
  await givenUp;
  expect(lines.at(-1)).toContain('5 times within a minute');
  expect(lines[0]).toContain('PORT makes no sense');
  expect(application.wanted).toBe(false);
});

test('left behind by a killed start is ended by the next one; a stranger with its number is not', async () => {
  applicationOf('');
  const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(left, 'spawn');
  const identity = identifyProcess(left.pid!)!;
  writeJson(join(dataDir, 'application.json'), { ...identity, started: 'another time' });
  expect(await endLeftoverApplication(dataDir)).toBe(false);
  expect(identifyProcess(left.pid!)).not.toBeNull();
  writeJson(join(dataDir, 'application.json'), identity);
  expect(await endLeftoverApplication(dataDir)).toBe(true);
  expect(identifyProcess(left.pid!)).toBeNull();
});
