import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DemoOptions, readArguments, USAGE } from './demo/arguments.ts';
import { findViolations } from './demo/checks.ts';
import { gatherEvidence } from './demo/evidence.ts';
import { Interrupted, interruption } from './demo/interruption.ts';
import { type DemoResult, renderResult } from './demo/report.ts';
import { addUp, launch, openLines, signIn } from './demo/tour.ts';
import { watchCampaigns } from './demo/watch.ts';
import { type Stack, startStack } from './stack.ts';

const LINES = 50;

/** The main job from end to end on a stack of its own, checked by the outside world's records, not by our tables. */
async function tour(options: DemoOptions, tell: (line: string) => void): Promise<DemoResult> {
  const interrupted = interruption();
  const folder = await mkdtemp(path.join(tmpdir(), 'voicesurveyagent-demo-'));
  const { speed, seed } = options;
  tell(`Starting a stack of its own in ${folder} …`);
  const stack = await startStack({ dataDir: path.join(folder, 'data'), speed, seed, quiet: true });
  try {
    return await Promise.race([walk(options, stack, folder, tell), interrupted]);
  } finally {
    await stack.stop();
  }
}

async function walk(
  options: DemoOptions,
  stack: Stack,
  folder: string,
  tell: (line: string) => void,
): Promise<DemoResult> {
  const startedMs = Date.now();
  const { manager, admin } = await signIn(stack.services.console, (role) => stack.token(role));
  await openLines(admin, LINES);
  const campaigns = await launch(manager, admin, options);
  tell(`Two campaigns are running; watch them at ${stack.services.console}`);
  const stats = await watchCampaigns(manager, campaigns, tell);
  const { evidence, csv } = await gatherEvidence({ manager, admin }, stack.services, campaigns, stats, LINES);
  const export_path = path.join(folder, 'export.csv');
  await writeFile(export_path, csv);
  return {
    ...options,
    duration_seconds: Math.round((Date.now() - startedMs) / 1000),
    imports: campaigns.map(({ language, report }) => ({ language, ...report })),
    ...addUp(stats),
    aapor: Object.fromEntries(campaigns.map(({ language }, index) => [language, stats[index]!.aapor])),
    emails_sent: evidence.recipients.length,
    export_path,
    violations: findViolations(evidence),
  };
}

/** On a terminal the progress line stays in its place; in a file every change is a line. */
function teller(): (line: string) => void {
  const isTerminal = process.stderr.isTTY;
  return (line) => {
    const isProgress = line.startsWith('█') || line.startsWith('░');
    process.stderr.write(isTerminal && isProgress ? `\r\x1b[K${line}` : `${line}\n`);
  };
}

async function main(): Promise<number> {
  let options: DemoOptions;
  try {
    options = readArguments(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    return 2;
  }
  try {
    const result = await tour(options, teller());
    process.stderr.write('\n');
    (options.json ? process.stderr : process.stdout).write(renderResult(result));
    if (options.json) process.stdout.write(`${JSON.stringify({ ...result, json: undefined })}\n`);
    return result.violations.length === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof Interrupted) process.stderr.write('\nInterrupted; everything is stopped.\n');
    else process.stderr.write(`\nThe tour did not finish: ${(error as Error).message}\n`);
    return error instanceof Interrupted ? 130 : 1;
  }
}

// What was still being watched when the tour was interrupted must not keep the process.
process.exit(await main());
