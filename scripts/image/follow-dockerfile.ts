import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Instruction, readInstructions } from './instructions.ts';

type Stage = {
  root: string;
  workdir: string;
  env: Record<string, string>;
  user: string;
  entrypoint: string[];
  cmd: string[];
};

export type Image = Omit<Stage, 'root'> & { base: string };

const STEP_MS = 300_000;

type Options = { into?: string; tell?: (step: string) => void };

/**
 * Does the steps of deploy/Dockerfile, each stage in a folder of its own, with what a build would have: the files under
 * version control less those that .dockerignore names. Answers the last stage. Throws at the first step that fails, and at
 * an instruction that it does not know.
 */
export async function followDockerfile(
  project: string,
  { into, tell = () => {} }: Options = {},
): Promise<Image> {
  const base = into ?? mkdtempSync(path.join(tmpdir(), 'vsa-image-'));
  mkdirSync(base, { recursive: true });
  // Who runs the image is another user than who makes it.
  chmodSync(base, 0o755);
  const stages: (Stage & { name: string })[] = [];
  for (const instruction of readInstructions(readFileSync(path.join(project, 'deploy/Dockerfile'), 'utf8'))) {
    tell(`${instruction.keyword} ${instruction.words}`);
    if (instruction.keyword === 'FROM') stages.push(begin(base, instruction, stages.length));
    else follow(project, instruction, stages);
  }
  const { root, name: _name, ...last } = stages.at(-1) as Stage & { name: string };
  return { ...last, base: root, workdir: path.join(root, last.workdir) };
}

function begin(base: string, { words }: Instruction, at: number): Stage & { name: string } {
  const name = / as (\S+)$/i.exec(words)?.[1] ?? String(at);
  const root = path.join(base, name);
  mkdirSync(root, { recursive: true });
  return { name, root, workdir: '/', env: {}, user: 'root', entrypoint: [], cmd: [] };
}

function follow(project: string, instruction: Instruction, stages: (Stage & { name: string })[]): void {
  const stage = stages.at(-1) as Stage;
  const { keyword, words, flags } = instruction;
  switch (keyword) {
    case 'WORKDIR':
      stage.workdir = words;
      mkdirSync(path.join(stage.root, words), { recursive: true });
      return;
    case 'ENV': {
      const [name = '', value = ''] = words.split('=', 2);
      stage.env[name] = value;
      return;
    }
    case 'COPY':
      return copy(
        project,
        stage,
        words.split(/\s+/),
        stages.find(({ name }) => name === flags.from),
      );
    case 'RUN':
      return run(stage, words);
    case 'USER':
      stage.user = words;
      return;
    case 'ENTRYPOINT':
      stage.entrypoint = JSON.parse(words);
      return;
    case 'CMD':
      stage.cmd = JSON.parse(words);
      return;
    case 'EXPOSE':
    case 'STOPSIGNAL':
    case 'HEALTHCHECK':
      return;
    default:
      throw new Error(`${keyword} is no step that is followed here`);
  }
}

function copy(project: string, stage: Stage, words: string[], from: Stage | undefined): void {
  const target = path.join(stage.root, stage.workdir, words.at(-1) as string);
  for (const source of words.slice(0, -1)) {
    if (from) {
      const into = words.at(-1) === './' ? path.join(target, path.basename(source)) : target;
      cpSync(path.join(from.root, source), into, { recursive: true, verbatimSymlinks: true });
    } else {
      for (const file of context(project)) {
        if (source !== '.' && source !== file) continue;
        mkdirSync(path.dirname(path.join(target, file)), { recursive: true });
        cpSync(path.join(project, file), path.join(target, file));
      }
    }
  }
}

/** What a build is given: what git knows, and is not ignored. */
function context(project: string): string[] {
  const ignored = readFileSync(path.join(project, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const isIgnored = (file: string) =>
    ignored.some((pattern) =>
      pattern.startsWith('*')
        ? !file.includes('/') && file.endsWith(pattern.slice(1))
        : file === pattern || file.startsWith(`${pattern}/`),
    );
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: project,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && !isIgnored(file));
}

function run(stage: Stage, command: string): void {
  // This machine's settings of npm, its proxy and its certificates; what a stage sets wins.
  const PATH = `${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;
  execFileSync('sh', ['-c', command], {
    cwd: path.join(stage.root, stage.workdir),
    env: { ...process.env, ...stage.env, PATH },
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: STEP_MS,
    maxBuffer: 64 * 1024 * 1024,
  });
}
