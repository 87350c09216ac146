import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Settings } from './settings.ts';

const execute = promisify(execFile);

/** Runs a Node program to its end; its own last words are in the error when it fails. */
export async function runProgram(what: string, root: string, args: string[], env: Settings): Promise<void> {
  try {
    await execute(process.execPath, args, { cwd: root, env, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const words = (stderr.trim() || stdout.trim()).split('\n').slice(-15).join('\n');
    throw new Error(`${what} failed:\n${words || (error as Error).message}`, { cause: error });
  }
}
