import { resolve } from 'node:path';
import { findServices } from '../stack/services.ts';
import { AlreadyRunning, DEFAULT_SPEED, type Stack, startStack } from '../stack.ts';
import { banner } from './banner.ts';
import { installSeconds } from './install-seconds.ts';
import { readOptions, type StartOptions } from './read-options.ts';

const LEAST_NODE = 24;
const PREFERRED_PORT = 3000;
/** npm passes the terminal's Ctrl-C on, so that one comes twice: only a later one is meant as a second. */
const SECOND_CTRL_C_MS = 1000;

const say = (line: string) => process.stderr.write(`${line}\n`);

/** Starts everything and prints where it is; stops everything when asked. */
async function main(): Promise<void> {
  if (Number.parseInt(process.versions.node, 10) < LEAST_NODE) {
    throw new Error(
      `This is Node ${process.version}; start it with npm start, which brings Node ${LEAST_NODE}.`,
    );
  }
  const options = readOptions(process.env);
  const starting = startStack({
    ...options,
    preferredPort: PREFERRED_PORT,
    log: say,
    givenUp: () => void stop(1),
  });
  const { stop, isStopping } = stopOnSignal(starting);
  const stack = await starting;
  if (isStopping()) return;
  const { services } = stack;
  const seconds = performance.now() / 1000 + installSeconds(resolve(import.meta.dirname, '../..'));
  const { dataDir, speed = DEFAULT_SPEED } = options;
  process.stdout.write(banner({ services, dataDir, seconds, speed }));
}

/** `stop` stops everything and ends this process; signals call it too. */
function stopOnSignal(starting: Promise<Stack>) {
  let askedAt = 0;
  const stop = async (exitCode: number) => {
    if (askedAt > 0) return;
    askedAt = Date.now();
    say('Stopping: live calls may finish. Ctrl-C again ends them.');
    // Also before all is up: what has started must be known before it can be stopped.
    const stack = await starting.catch(() => null);
    try {
      await stack?.stop();
      say('Stopped.');
    } catch (error) {
      report(error);
      exitCode = 1;
    }
    process.exit(exitCode);
  };
  const onSignal = () => {
    if (askedAt === 0) void stop(0);
    else if (Date.now() - askedAt > SECOND_CTRL_C_MS) void starting.then((stack) => stack.hurry());
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return { stop, isStopping: () => askedAt > 0 };
}

function sayWhereItRuns({ dataDir }: StartOptions): void {
  const services = findServices(dataDir);
  say(`It runs already on ${dataDir}${services ? `: ${services.console}` : ', and is just starting'}.`);
  say('To start another beside it, choose another folder with DATA_DIR.');
}

function report(error: unknown): void {
  say(error instanceof Error ? error.message : String(error));
  if (error instanceof AggregateError) for (const cause of error.errors) report(cause);
}

try {
  await main();
} catch (error) {
  if (error instanceof AlreadyRunning) {
    sayWhereItRuns(readOptions(process.env));
    process.exit(0);
  }
  report(error);
  process.exit(1);
}
