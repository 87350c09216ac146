import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import { launch, openLines, signIn } from '../embedded/demo/tour.ts';
import { watchCampaigns } from '../embedded/demo/watch.ts';
import { freePort } from '../embedded/free-port.ts';
import { startStack } from '../embedded/stack.ts';
import { type Bench, percentile, round } from './report.ts';

const GOALS = { performance: 95, accessibility: 100, best_practices: 100, first_js_kib: 220 };
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const LIGHTHOUSE = path.join(import.meta.dirname, 'lighthouse');
// Two browsers in one process share their cookies, and lighthouse opens a tab of its own.
const UNWANTED = /^--(headless|single-process|in-process-gpu)/;

type Result = {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { score: number | null; title: string; details?: { items?: Request[] } }>;
};
type Request = { url: string; resourceType?: string; transferSize?: number };
type Lighthouse = {
  default: (url: string, flags: object, config: object) => Promise<{ lhr: Result } | undefined>;
  desktopConfig: object;
};

/**
 * What Lighthouse (desktop) says of the console's main screens, with a campaign that has been called, signed in as its
 * manager, every file fetched anew. The goals stand beside it. The tool has 170 MB of its own and is installed by its first
 * measurement, from the npm registry alone.
 */
export const bench: Bench = async ({ print, isSmall }) => {
  const { default: lighthouse, desktopConfig } = await loadLighthouse();
  const folder = await mkdtemp(path.join(tmpdir(), 'vsa-bench-console-'));
  const stack = await startStack({ dataDir: path.join(folder, 'data'), speed: 60, seed: 3, quiet: true });
  try {
    const screens = await someScreens(stack);
    const port = await freePort();
    const context = await playwright.launchPersistentContext(path.join(folder, 'browser'), {
      executablePath: await chromium.executablePath(),
      args: [
        ...chromium.args.filter((argument) => !UNWANTED.test(argument)),
        ...['--no-sandbox', '--disable-background-networking', `--remote-debugging-port=${port}`],
      ],
      headless: true,
    });
    const page = await context.newPage();
    await page.goto(stack.services.console);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page
      .getByText(/manager@example\.com/)
      .first()
      .click();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.goto('about:blank');
    for (const [what, url] of screens) {
      const runs: Result[] = [];
      for (let run = 0; run < (isSmall ? 1 : 3); run += 1) {
        const flags = { port, onlyCategories: CATEGORIES, logLevel: 'silent' };
        const answer = await lighthouse(new URL(url, stack.services.console).href, flags, desktopConfig);
        if (answer) runs.push(answer.lhr);
      }
      print({ what, ...figuresOf(runs) });
    }
    await context.close();
  } finally {
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

async function loadLighthouse(): Promise<Lighthouse> {
  const entry = path.join(LIGHTHOUSE, 'node_modules/lighthouse/core/index.js');
  if (!existsSync(entry)) {
    process.stderr.write('Installing Lighthouse for the measurement …\n');
    const npm = ['ci', '--no-audit', '--no-fund', '--ignore-scripts'];
    const { status } = spawnSync('npm', npm, { cwd: LIGHTHOUSE, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error('Lighthouse could not be installed');
  }
  return (await import(pathToFileURL(entry).href)) as Lighthouse;
}

/** The addresses of the screens, once a campaign has been called through. */
async function someScreens(stack: Awaited<ReturnType<typeof startStack>>): Promise<[string, string][]> {
  const { manager, admin } = await signIn(stack.services.console, (role) => stack.token(role));
  await openLines(admin, 20);
  const campaigns = await launch(manager, admin, { contacts: 40, seed: 3 });
  await watchCampaigns(manager, campaigns, () => {});
  const { id } = campaigns[0]!;
  const { items } = await manager.get<{ items: { id: string }[] }>(
    `/api/campaigns/${id}/contacts?outcome=completed`,
  );
  const contact = await manager.get<{ attempts: { call_id: string }[] }>(
    `/api/campaigns/${id}/contacts/${items[0]!.id}`,
  );
  return [
    ['list', '/campaigns'],
    ['editor', `/campaigns/${id}/edit`],
    ['dashboard', `/campaigns/${id}`],
    ['call', `/calls/${contact.attempts.at(-1)!.call_id}`],
  ];
}

/** The median of the runs, the scripts of the first, and what took points away. */
function figuresOf(runs: Result[]) {
  const score = (name: string) =>
    round(
      100 *
        percentile(
          runs.map(({ categories }) => categories[name]?.score ?? 0),
          0.5,
        ),
      0,
    );
  const audits = runs[0]?.audits ?? {};
  const scripts = (audits['network-requests']?.details?.items ?? []).filter(
    ({ resourceType }) => resourceType === 'Script',
  );
  const kib = scripts.reduce((sum, { transferSize = 0 }) => sum + transferSize, 0) / 1_024;
  const paint = audits['largest-contentful-paint'] as { numericValue?: number } | undefined;
  return {
    performance: score('performance'),
    goal_performance: GOALS.performance,
    accessibility: score('accessibility'),
    best_practices: score('best-practices'),
    largest_paint_ms: round(paint?.numericValue ?? Number.NaN, 0),
    js_kib: round(kib, 0),
    goal_js_kib: GOALS.first_js_kib,
    lost_points_by:
      Object.entries(audits)
        .filter(([name, { score: one }]) => one !== null && one < 0.9 && !UNSCORED.test(name))
        .map(([name]) => name)
        .join(' ') || 'nothing',
  };
}

// Hints without weight in any score.
const UNSCORED = /-insight$|^(unused|legacy|duplicated|bf-cache|unminified|total-byte)/;
