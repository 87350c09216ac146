import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { campaignInput } from '../../app/campaigns/campaign-input.ts';
import { checkInput } from '../../app/campaigns/check-input.ts';
import { currentScript } from '../../app/campaigns/current-script.ts';
import { deleteCampaign } from '../../app/campaigns/delete-campaign.ts';
import { duplicateCampaign } from '../../app/campaigns/duplicate-campaign.ts';
import { findCampaign } from '../../app/campaigns/find-campaign.ts';
import { listCampaigns } from '../../app/campaigns/list-campaigns.ts';
import { scriptFor, scriptHash } from '../../app/campaigns/script.ts';
import { updateCampaign } from '../../app/campaigns/update-campaign.ts';
import { type CampaignWorld, campaignWorld, ENTERED, NOW } from './a-campaign.ts';

let w: CampaignWorld;
beforeAll(async () => {
  w = await campaignWorld();
});
afterAll(() => w.close());

const put = (campaign_id: string, body: Record<string, unknown>, if_match?: number) =>
  updateCampaign(w.db, { campaign_id, body, if_match, actor: w.actor, language: 'en', now: NOW });
const faultsOf = (entered: Record<string, unknown>, language: 'en' | 'it' = 'en') => {
  try {
    checkInput(campaignInput, { ...ENTERED, ...entered }, language);
    return [];
  } catch (error) {
    return (error as { errors: { field: string }[] }).errors.map(({ field }) => field).sort();
  }
};

describe('what is entered', () => {
  it('is completed with sensible defaults', () => {
    expect(campaignInput.parse(ENTERED)).toMatchObject({
      question_1_scale_min: 1,
      question_1_scale_max: 5,
      question_2_scale_min: null,
      max_attempts: 3,
      allowed_weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
      topic: 'general',
      translations: {},
      time_zone: null,
    });
  });

  it('is refused with all its faults at once, each with its field', () => {
    const faults = faultsOf({
      name: ' ',
      language: 'de',
      max_attempts: 6,
      retry_interval_minutes: 0,
      allowed_call_start_local: '20:00',
      allowed_call_end_local: '09:00',
      allowed_weekdays: [],
      time_zone: '+01:00',
      question_1_scale_min: 5,
      question_1_scale_max: 5,
    });
    expect(faults).toEqual([
      'allowed_call_end_local',
      'allowed_weekdays',
      'language',
      'max_attempts',
      'name',
      'question_1_scale_max',
      'retry_interval_minutes',
      'time_zone',
    ]);
  });

  it('takes translations of the other language only', () => {
    const texts = {
      intro_script: 'a',
      question_1_text: 'b',
      question_2_text: 'c',
      question_3_text: 'd',
    };
    expect(faultsOf({ translations: { it: texts } })).toEqual([]);
    expect(faultsOf({ translations: { en: texts } })).toEqual(['translations.en']);
    expect(faultsOf({ translations: { it: { ...texts, question_2_text: '' } } })).toEqual([
      'translations.it.question_2_text',
    ]);
  });

  it.each(['Europe/Rome', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])('knows %s', (time_zone) => {
    expect(faultsOf({ time_zone })).toEqual([]);
  });
  it.each(['Rome', 'europe/rome', 'Mars/Base', '', '+01:00'])('does not know %s', (time_zone) => {
    expect(faultsOf({ time_zone })).toEqual(['time_zone']);
  });
});

describe('changing a campaign', () => {
  it('makes a new script version for new wording and only for that', async () => {
    const created = await w.create();
    const renamed = await put(created.id, { ...ENTERED, name: 'Another name' });
    expect(renamed).toMatchObject({ name: 'Another name', script_version: 1, revision: 2 });
    const reworded = await put(created.id, { ...ENTERED, question_3_text: 'Anything else?' });
    expect(reworded).toMatchObject({ script_version: 2, revision: 3 });
    const { content, hash } = await currentScript(w.db, created.id, 2);
    expect(hash).toBe(scriptHash(content));
    expect(scriptFor(content, 'en').questions[2]).toMatchObject({
      text: 'Anything else?',
      type: 'free_text',
    });
    expect((await currentScript(w.db, created.id, 1)).hash).not.toBe(hash);
  });

  it('locks the wording once it is scheduled or runs, and takes it unchanged or left out', async () => {
    const { id } = await w.create();
    await w.db.updateTable('campaign').set({ status: 'running' }).where('id', '=', id).execute();
    await expect(put(id, { ...ENTERED, question_1_text: 'New?', topic: 'health' })).rejects.toMatchObject({
      code: 'campaign.field_locked',
      errors: [{ field: 'question_1_text' }, { field: 'topic' }],
    });
    expect(await put(id, { ...ENTERED, max_attempts: 5 })).toMatchObject({ max_attempts: 5 });
    expect(await put(id, { name: 'Only what may change' })).toMatchObject({ name: 'Only what may change' });
  });

  it('refuses a stale revision before it looks at the fields', async () => {
    const { id } = await w.create();
    await put(id, { ...ENTERED, name: 'One' }, 1);
    await expect(put(id, {}, 1)).rejects.toMatchObject({ code: 'request.stale' });
  });

  it('is final when it is over', async () => {
    const { id } = await w.create();
    await w.db.updateTable('campaign').set({ status: 'running' }).where('id', '=', id).execute();
    await w.db.updateTable('campaign').set({ status: 'completed' }).where('id', '=', id).execute();
    await expect(put(id, { ...ENTERED })).rejects.toMatchObject({ code: 'campaign.not_editable' });
  });

  it('is written down field by field', async () => {
    const { id } = await w.create();
    await put(id, { ...ENTERED, name: 'Audited' });
    await put(id, { ...ENTERED, question_3_text: 'Anything else?' });
    const entries = await w.db
      .selectFrom('audit_log_entry')
      .select(['action', 'changes'])
      .where('entity_id', '=', id)
      .orderBy('id')
      .execute();
    expect(entries.map(({ action }) => action)).toEqual([
      'campaign.created',
      'campaign.updated',
      'campaign.updated',
    ]);
    expect(entries[1]!.changes).toEqual({ name: { previous: ENTERED.name, new: 'Audited' } });
    expect(entries[2]!.changes).toEqual({
      name: { previous: 'Audited', new: ENTERED.name },
      question_3_text: { previous: ENTERED.question_3_text, new: 'Anything else?' },
      script_version: { previous: 1, new: 2 },
    });
  });

  it('refuses an e-mail template of another outcome', async () => {
    const { id: template } = await w.db
      .selectFrom('email_template')
      .select('id')
      .where('type', '=', 'refused')
      .executeTakeFirstOrThrow();
    const entered = { ...ENTERED, email_completed_template_id: template };
    await expect(w.create(entered)).rejects.toMatchObject({
      code: 'request.invalid',
      errors: [{ field: 'email_completed_template_id' }],
    });
    expect(await w.create({ email_refused_template_id: template })).toBeDefined();
  });
});

describe('duplicating, deleting, listing', () => {
  it('duplicates the script and the rules into a draft without contacts', async () => {
    const original = await w.create({ max_attempts: 2 });
    await w.addContacts(original.id, [{}]);
    await w.db.updateTable('campaign').set({ status: 'running' }).where('id', '=', original.id).execute();
    const input = { campaign_id: original.id, actor: w.actor, language: 'en' as const, now: NOW };
    const copy = await duplicateCampaign(w.db, input);
    expect(copy).toMatchObject({ name: 'Library survey (copy)', status: 'draft', max_attempts: 2 });
    const contacts = await w.db
      .selectFrom('contact')
      .where('campaign_id', '=', copy.id)
      .selectAll()
      .execute();
    expect(contacts).toEqual([]);
  });

  it('hides what was deleted, and deletes nothing that is at work', async () => {
    const { id } = await w.create();
    const command = { campaign_id: id, actor: w.actor, now: NOW };
    await w.db.updateTable('campaign').set({ status: 'scheduled' }).where('id', '=', id).execute();
    await expect(deleteCampaign(w.db, command)).rejects.toMatchObject({ code: 'campaign.bad_move' });
    await w.db.updateTable('campaign').set({ status: 'draft' }).where('id', '=', id).execute();
    await deleteCampaign(w.db, command);
    await expect(findCampaign(w.db, id)).rejects.toMatchObject({ code: 'resource.not_found' });
  });

  it('filters by status, time and text, and sorts', async () => {
    const first = await w.create({ name: 'Zebra 100%' });
    const second = await w.create({ name: 'Aardvark', organization_name: 'Zebra Ltd' });
    await w.create({ name: 'Nothing of the kind' });
    const list = (query: object) =>
      listCampaigns(w.db, { sort: 'name', page: 1, page_size: 10, ...query }).then(({ items }) =>
        items.map(({ id }) => id),
      );
    expect(await list({ q: 'zebra' })).toEqual([second.id, first.id]);
    expect(await list({ q: 'zebra', sort: '-name' })).toEqual([first.id, second.id]);
    expect(await list({ q: '100%' })).toEqual([first.id]);
    expect(await list({ q: 'zebra', status: ['running'] })).toEqual([]);
    expect(await list({ q: 'zebra', created_from: new Date(NOW.getTime() + 1) })).toEqual([]);
    expect(await list({ q: 'zebra', page_size: 1, page: 2 })).toEqual([first.id]);
  });
});
