import { setFlagsFromString } from 'node:v8';
import { verifyAudit } from './audit/verify-audit.ts';
import { runExclusionWatch } from './calling/run-exclusion-watch.ts';
import { runReconciler } from './calling/run-reconciler.ts';
import { runScheduler, runSchedulerOnce } from './calling/scheduler/run-scheduler.ts';
import { recountContacts, runContactCountFold } from './campaigns/fold-contact-counts.ts';
import { createContext } from './context.ts';
import { runRelay } from './events/run-relay.ts';
import { configFromEnvironment } from './infra/config/env.ts';
import { migrate } from './infra/db/migrate.ts';
import { doctor } from './main/doctor.ts';
import { endOnSurprise, orEnd, refuseOtherSchema } from './main/endings.ts';
import { type Loop, type Process, runProcess, traced } from './main/run-process.ts';
import { seed } from './main/seed.ts';
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
  all        the three in one process; --migrate brings the database to this version first
  verify     walks the audit log and says whether anybody has changed it
  recount    counts the contacts and calls of all campaigns anew, and says whether a number was wrong
  queues     makes the queues that the bus needs in the cloud, or mends them
  redrive    sends the bus's dead messages round once more
  migrate    brings the database to this version; migrate down [n] takes the newest n versions away
  doctor     checks the settings and everything they name, a sentence each; --json
  seed       a user of each role and a provider, for local use; never in production`;

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
const PROCESSES: Record<string, Process> = {
  api: { serves: 'api', loops: [] },
  scheduler: { serves: 'health', loops: [runScheduler] },
  worker: { serves: 'health', loops: WORKER },
  all: { serves: 'api', loops: [runScheduler, ...WORKER] },
};

/** One pass of the scheduler, for a CronJob. */
async function scheduleOnce(): Promise<void> {
  const config = await configFromEnvironment();
  const closeTraces = await traced(config, 'scheduler');
  const ctx = createContext(config);
  endOnSurprise(ctx.log);
  await orEnd('The database cannot be used', refuseOtherSchema(ctx));
  await runSchedulerOnce(ctx);
  await closeTraces();
  await ctx.close();
}

async function migrateCommand([direction = 'up', steps = '1']: string[]): Promise<void> {
  if ((direction !== 'up' && direction !== 'down') || !/^[1-9]\d*$/.test(steps)) return usage();
  const { database_url } = await configFromEnvironment();
  const done = await orEnd('The database was not migrated', migrate(database_url, direction, Number(steps)));
  process.stdout.write(
    done.length === 0 ? 'Nothing to migrate.\n' : `Migrated ${direction}: ${done.join(', ')}\n`,
  );
}

/** Walks the chain of the audit log; the exit code is 1 when an entry does not fit. */
async function verifyCommand(): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  const broken = await orEnd('The database cannot be used', verifyAudit(ctx.db));
  await ctx.close();
  if (broken === null) process.stdout.write('The audit log is whole.\n');
  else process.stdout.write(`The audit log was changed at entry ${broken}.\n`);
  process.exitCode = broken === null ? 0 : 1;
}

/** Corrects every counter, should anybody doubt one. */
async function recountCommand(): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  const recount = async () => (await recountResults(ctx.db)) + (await recountContacts(ctx.db));
  const wrong = await orEnd('The database cannot be used', recount());
  await ctx.close();
  process.stdout.write(wrong === 0 ? 'Every number was right.\n' : `Corrected: ${wrong}\n`);
}

/** Makes the queue and its dead-letter queue; with the PostgreSQL bus there is nothing to make. */
async function queuesCommand(): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  await orEnd('The queues could not be made', ctx.bus.prepare());
  await ctx.close();
  process.stdout.write('The bus has what it needs.\n');
}

/** After what killed them was mended. */
async function redriveCommand(): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  const sent = await orEnd('The bus cannot be used', ctx.bus.redrive());
  await ctx.close();
  process.stdout.write(`Messages sent round again: ${sent}\n`);
}

function usage(): void {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
}

async function runNamed(name: string, options: string[]): Promise<void> {
  const config = await configFromEnvironment();
  if (options.includes('--migrate'))
    await orEnd('The database was not migrated', migrate(config.database_url));
  await runProcess(name, PROCESSES[name] as Process, config);
}

async function doctorCommand(options: string[]): Promise<void> {
  const isWell = await doctor({ json: options.includes('--json') });
  // Whatever was asked and has not answered yet is not waited for.
  process.exit(isWell ? 0 : 1);
}

async function seedCommand(): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  await orEnd('The database cannot be used', refuseOtherSchema(ctx));
  const lines = await orEnd('Nothing was sown', seed(ctx));
  await ctx.close();
  process.stdout.write(`${lines.join('\n')}\n`);
}

const [command = '', ...rest] = process.argv.slice(2);
if (command === 'migrate') await migrateCommand(rest);
else if (command === 'verify') await verifyCommand();
else if (command === 'recount') await recountCommand();
else if (command === 'doctor') await doctorCommand(rest);
else if (command === 'seed') await seedCommand();
else if (command === 'queues') await queuesCommand();
else if (command === 'redrive') await redriveCommand();
else if (command === 'scheduler' && rest.includes('--once')) await scheduleOnce();
else if (Object.hasOwn(PROCESSES, command)) await runNamed(command, rest);
else usage();
