import { setTimeout as wait } from 'node:timers/promises';
import type { Api } from './api.ts';
import { addUp, type Stats, type TourCampaign } from './tour.ts';

const TERMINAL = ['completed', 'refused', 'not_reached', 'excluded'];
const POLL_MS = 500;
// After the last retry nothing should take this long; without it a stuck call would hang the tour for ever.
const STALLED_MS = 8 * 60_000;

/** Polls the stats until every campaign is `completed`, telling `show` of each change; throws when nothing moves. */
export async function watchCampaigns(
  manager: Api,
  campaigns: TourCampaign[],
  show: (line: string) => void,
): Promise<Stats[]> {
  let seen = '';
  let movedAtMs = Date.now();
  for (;;) {
    const stats = await Promise.all(
      campaigns.map(({ id }) => manager.get<Stats>(`/api/campaigns/${id}/stats`)),
    );
    const statuses = await Promise.all(
      campaigns.map(async ({ id }) => (await manager.get<{ status: string }>(`/api/campaigns/${id}`)).status),
    );
    const line = progressLine(stats);
    if (line !== seen) {
      seen = line;
      movedAtMs = Date.now();
      show(line);
    }
    if (statuses.every((status) => status === 'completed')) return stats;
    const odd = statuses.find((status) => !['running', 'completed'].includes(status));
    if (odd) throw new Error(`a campaign is ${odd}: the tour cannot go on`);
    if (Date.now() - movedAtMs > STALLED_MS) throw new Error(`nothing has moved for 8 minutes: ${line}`);
    await wait(POLL_MS);
  }
}

/** Mails that wait or are on the wire after a crash become `unknown` within two minutes. */
const MAIL_PATIENCE_MS = 4 * 60_000;

/** Waits until every mail that is due has arrived or is listed as unknown; answers what arrived and how many are unknown. */
export async function watchMailbox(
  admin: Api,
  mailbox: string,
  due: number,
): Promise<{ recipients: string[]; emails_unknown: number }> {
  const countOf = async (status: string) =>
    (await admin.get<{ total: number }>(`/api/admin/email-notifications?page_size=1&status=${status}`)).total;
  const deadline = Date.now() + MAIL_PATIENCE_MS;
  for (;;) {
    const [emails_unknown, open] = [
      await countOf('unknown'),
      (await countOf('pending')) + (await countOf('sending')),
    ];
    const answer = await fetch(new URL('/messages', mailbox));
    const recipients = ((await answer.json()) as { to: string[] }[]).flatMap((message) => message.to);
    const isComplete = open === 0 && recipients.length + emails_unknown >= due;
    if (isComplete || Date.now() > deadline) return { recipients, emails_unknown };
    await wait(POLL_MS);
  }
}

function progressLine(all: Stats[]): string {
  const { by_state, attempts_total, live_calls } = addUp(all);
  const total = Object.values(by_state).reduce((sum, count) => sum + count, 0);
  const done = TERMINAL.reduce((sum, state) => sum + (by_state[state] ?? 0), 0);
  const width = 30;
  const filled = total === 0 ? 0 : Math.round((done / total) * width);
  const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
  return `${bar} ${done}/${total} done · ${live_calls} live · ${attempts_total} calls`;
}
