import { setFlagsFromString } from 'node:v8';
import { markDraining } from './api/http/check-health.ts';
import { finishConversations } from './api/http/finish-conversations.ts';
import { createHealthServer } from './api/http/health-server.ts';
import { createServer } from './api/http/server.ts';
import { verifyAudit } from './audit/verify-audit.ts';
import { runExclusionWatch } from './calling/run-exclusion-watch.ts';
import { runReconciler } from './calling/run-reconciler.ts';
import { runScheduler, runSchedulerOnce } from './calling/scheduler/run-scheduler.ts';
import { recountContacts, runContactCountFold } from './campaigns/fold-contact-counts.ts';
import { type Context, createContext } from './context.ts';
import { runRelay } from './events/run-relay.ts';
import { configFromEnvironment } from './infra/config/env.ts';
import { migrate, migrationGap } from './infra/db/migrate.ts';
import { runEventConsumer } from './notifications/consume-survey-events.ts';
import { runEmailSender } from './notifications/run-email-sender.ts';
import { runWebhookSender } from './notifications/webhooks/run-webhook-sender.ts';
import { recountResults, runResultCountFold } from './reporting/fold-result-counts.ts';

// Garbage is collected before the heap has grown by half, not when it has grown fourfold: an import of a million rows in
// the API's process took 290 MiB more than an idle one without this, and 75 to 95 MiB with it, at the same rate.
setFlagsFromString('--heap-growing-percent=50');
setFlagsFromString('--semi-space-growth-factor=1');

const USAGE = `usage: node app/main.ts <command>

  api        the console, the API, the webhooks and the conversations
  scheduler  claims contacts and dials; --once does one pass and ends
  worker     relays events, sends e-mails, reconciles calls
  all        the three in one process
  verify     walks the audit log and says whether anybody has changed it
  recount    counts the contacts and calls of all campaigns anew, and says whether a number was wrong
  queues     makes the queues that the bus needs in the cloud, or mends them
  redrive    sends the bus's dead messages round once more
  migrate    brings the database to this version; migrate down [n] takes the newest n versions away`;

type Loop = (ctx: Context, signal: AbortSignal) => Promise<void>;

// Of the time to drain; the rest is for closing what is handed over.
const TALKING_SHARE = 0.8;

const WORKER: Loop[] = [
  runRelay,
  runEventConsumer,
  runEmailSender,
  runWebhookSender,
  runReconciler,
  runExclusionWatch,
  runContactCountFold,
  runResultCountFold,
];
const PROCESSES: Record<string, { serves: 'api' | 'health'; loops: Loop[] }> = {
  api: { serves: 'api', loops: [] },
  scheduler: { serves: 'health', loops: [runScheduler] },
  worker: { serves: 'health', loops: WORKER },
  all: { serves: 'api', loops: [runScheduler, ...WORKER] },
};

/** Serves and works until a signal comes, then lets what is under way finish, at most DRAIN_SECONDS. */
async function run(name: string): Promise<void> {
  const ctx = createContext(configFromEnvironment());
  const { config, log } = ctx;
  endOnSurprise(ctx);
  await orEnd('The database cannot be used', refuseOtherSchema(ctx));
  const { serves, loops } = PROCESSES[name] as (typeof PROCESSES)[string];
  const server = serves === 'api' ? await createServer(ctx) : await createHealthServer(ctx);
  await orEnd(`Port ${config.port} cannot be used`, server.listen({ host: config.host, port: config.port }));
  log.info({ process: name, port: config.port }, 'started');

  const stopping = new AbortController();
  const running = loops.map((loop) => loop(ctx, stopping.signal));
  await nextSignal();
  log.info('stopping');
  markDraining(ctx);
  stopping.abort();
  const deadline = setTimeout(() => {
    log.warn('work was left unfinished when the drain time was over');
    process.exit(1);
  }, config.drain_seconds * 1_000);
  const talkingMs = config.drain_seconds * 1_000 * TALKING_SHARE;
  await Promise.all([...running, finishConversations(server, talkingMs)]);
  await server.close();
  await ctx.close();
  clearTimeout(deadline);
}

/** One pass of the scheduler, for a CronJob. */
async function scheduleOnce(): Promise<void> {
  const ctx = createContext(configFromEnvironment());
  await orEnd('The database cannot be used', refuseOtherSchema(ctx));
  await runSchedulerOnce(ctx);
  await ctx.close();
}

function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

/** What an operator can mend is a readable line and exit code 1, not a stack. */
function orEnd<T>(what: string, work: Promise<T>): Promise<T> {
  return work.catch((error: Error & { code?: string }) => {
    process.stderr.write(`${what}: ${error.message || error.code}\n`);
    process.exit(1);
  });
}

/** An error nobody handled ends the process with its reason: a restart is safer than a process in an unknown state. */
function endOnSurprise({ log }: Context): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'ended by an error that nobody handled');
      process.exit(1);
    });
  }
}

async function refuseOtherSchema(ctx: Context): Promise<void> {
  const { missing, unknown } = await migrationGap(ctx.pool);
  if (missing.length === 0 && unknown.length === 0) return;
  const what =
    missing.length > 0 ? `lacks ${missing.join(', ')}: run migrate` : `is newer: ${unknown.join(', ')}`;
  process.stderr.write(`The database ${what}\n`);
  process.exit(1);
}

async function migrateCommand([direction = 'up', steps = '1']: string[]): Promise<void> {
  if ((direction !== 'up' && direction !== 'down') || !/^[1-9]\d*$/.test(steps)) return usage();
  const { database_url } = configFromEnvironment();
  const done = await orEnd('The database was not migrated', migrate(database_url, direction, Number(steps)));
  process.stdout.write(
    done.length === 0 ? 'Nothing to migrate.\n' : `Migrated ${direction}: ${done.join(', ')}\n`,
  );
}

/** Walks the chain of the audit log; the exit code is 1 when an entry does not fit. */
async function verifyCommand(): Promise<void> {
  const ctx = createContext(configFromEnvironment());
  const broken = await orEnd('The database cannot be used', verifyAudit(ctx.db));
  await ctx.close();
  if (broken === null) process.stdout.write('The audit log is whole.\n');
  else process.stdout.write(`The audit log was changed at entry ${broken}.\n`);
  process.exitCode = broken === null ? 0 : 1;
}

/** Corrects every counter, should anybody doubt one. */
async function recountCommand(): Promise<void> {
  const ctx = createContext(configFromEnvironment());
  const recount = async () => (await recountResults(ctx.db)) + (await recountContacts(ctx.db));
  const wrong = await orEnd('The database cannot be used', recount());
  await ctx.close();
  process.stdout.write(wrong === 0 ? 'Every number was right.\n' : `Corrected: ${wrong}\n`);
}

/** Makes the queue and its dead-letter queue; with the PostgreSQL bus there is nothing to make. */
async function queuesCommand(): Promise<void> {
  const ctx = createContext(configFromEnvironment());
  await orEnd('The queues could not be made', ctx.bus.prepare());
  await ctx.close();
  process.stdout.write('The bus has what it needs.\n');
}

/** After what killed them was mended. */
async function redriveCommand(): Promise<void> {
  const ctx = createContext(configFromEnvironment());
  const sent = await orEnd('The bus cannot be used', ctx.bus.redrive());
  await ctx.close();
  process.stdout.write(`Messages sent round again: ${sent}\n`);
}

function usage(): void {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
}

const [command = '', ...rest] = process.argv.slice(2);
if (command === 'migrate') await migrateCommand(rest);
else if (command === 'verify') await verifyCommand();
else if (command === 'recount') await recountCommand();
else if (command === 'queues') await queuesCommand();
else if (command === 'redrive') await redriveCommand();
else if (command === 'scheduler' && rest.includes('--once')) await scheduleOnce();
else if (Object.hasOwn(PROCESSES, command)) await run(command);
else usage();
