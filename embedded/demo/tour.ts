import { parse } from 'csv-parse/sync';
import { type Api, apiAt } from './api.ts';
import { CAMPAIGNS } from './campaigns.ts';
import { drawPeople, type Language, type PeopleFile } from './people.ts';

export type TourCampaign = { id: string; language: Language; file: PeopleFile; report: ImportReport };

export type ImportReport = {
  total_rows: number;
  accepted_count: number;
  rejected_count: number;
  duplicate_count: number;
  excluded_count: number;
};

export type Stats = {
  total_contacts: number;
  by_state: Record<string, number>;
  by_outcome: Record<string, number>;
  attempts_total: number;
  live_calls: number;
  aapor: Record<string, number | null>;
};

type Page<T> = { items: T[]; total_pages: number };

/** Opens the lines wide, as an administrator would, so that the tour is bound by the respondents alone. */
export async function openLines(admin: Api, lines: number): Promise<void> {
  await admin.send('PUT', '/api/admin/config', {
    telephony: { max_concurrent_calls: lines, calls_per_second: lines },
  });
}

/** Creates both campaigns, uploads their files and activates them: the manager's part of the job. */
export async function launch(
  manager: Api,
  admin: Api,
  options: { contacts: number; seed: number },
): Promise<TourCampaign[]> {
  const half = Math.floor(options.contacts / 2);
  const sizes: [Language, number][] = [
    ['it', options.contacts - half],
    ['en', half],
  ];
  const templates = await templatesByType(admin);
  const campaigns: TourCampaign[] = [];
  for (const [language, count] of sizes) {
    const { id } = await manager.send<{ id: string }>('POST', '/api/campaigns', {
      ...CAMPAIGNS[language],
      ...templates(language),
    });
    const file = drawPeople(language, count, options.seed);
    const report = await manager.upload<ImportReport>(
      `/api/campaigns/${id}/contacts/upload`,
      `contacts-${language}.csv`,
      file.csv,
    );
    campaigns.push({ id, language, file, report });
  }
  for (const { id } of campaigns) await manager.send('POST', `/api/campaigns/${id}/activate`, {});
  return campaigns;
}

type Template = { id: string; type: string; locale: string; is_default: boolean };

async function templatesByType(admin: Api) {
  const { items } = await admin.get<Page<Template>>('/api/admin/email-templates?page_size=200');
  return (language: Language) =>
    Object.fromEntries(
      ['completed', 'refused', 'not_reached'].map((type) => [
        `email_${type}_template_id`,
        items.find((item) => item.type === type && item.locale === language && item.is_default)?.id ?? null,
      ]),
    );
}

/** The stats of all campaigns added up; rates are read per campaign. */
export function addUp(
  all: Stats[],
): Pick<Stats, 'by_state' | 'by_outcome' | 'attempts_total' | 'live_calls'> {
  return {
    by_state: sumKeys(all.map((stats) => stats.by_state)),
    by_outcome: sumKeys(all.map((stats) => stats.by_outcome)),
    attempts_total: all.reduce((sum, stats) => sum + stats.attempts_total, 0),
    live_calls: all.reduce((sum, stats) => sum + stats.live_calls, 0),
  };
}

function sumKeys(records: Record<string, number>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const record of records) {
    for (const [key, count] of Object.entries(record)) sum[key] = (sum[key] ?? 0) + count;
  }
  return sum;
}

/** Downloads every campaign's export into one CSV text (one header) and its rows. */
export async function downloadExports(manager: Api, campaigns: TourCampaign[]) {
  const texts = [];
  for (const { id } of campaigns) texts.push(await manager.text(`/api/campaigns/${id}/export?format=csv`));
  const csv = texts.map((text, index) => (index === 0 ? text : text.slice(text.indexOf('\n') + 1))).join('');
  const rows = parse(csv, { columns: true, bom: true }) as { phone_number: string; outcome: string }[];
  return { csv, rows };
}

/** Every number on the exclusion list, page after page. */
export async function excludedNumbers(manager: Api): Promise<string[]> {
  const numbers: string[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const list = await manager.get<Page<{ phone_number: string | null }>>(
      `/api/exclusions?page=${page}&page_size=200`,
    );
    pages = list.total_pages;
    numbers.push(...list.items.flatMap((item) => item.phone_number ?? []));
  }
  return numbers;
}

/** How many attempts the product itself calls `dial_unknown`: a process died between its commit and its request. */
export async function unknownDials(manager: Api, campaigns: TourCampaign[]): Promise<number> {
  let unknown = 0;
  for (const { id } of campaigns) {
    const contacts = `/api/campaigns/${id}/contacts`;
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const list = await manager.get<Page<{ id: string }>>(`${contacts}?page=${page}&page_size=200`);
      pages = list.total_pages;
      for (const contact of list.items) {
        const { attempts } = await manager.get<{ attempts: { disposition: string | null }[] }>(
          `${contacts}/${contact.id}`,
        );
        unknown += attempts.filter(({ disposition }) => disposition === 'dial_unknown').length;
      }
    }
  }
  return unknown;
}

/** The product's clients of the tour: one per role that has something to do. */
export async function signIn(origin: string, token: (role: string) => Promise<string>) {
  return { manager: apiAt(origin, await token('manager')), admin: apiAt(origin, await token('admin')) };
}
