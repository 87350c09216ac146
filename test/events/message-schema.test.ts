import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { appendSurveyEvent } from '../../app/events/append-survey-event.ts';
import { SCHEMA_VERSION, surveyEventMessage } from '../../app/events/survey-event.ts';
import type { SurveyEventType } from '../../app/infra/db/tables.ts';
import { world } from '../calling/world.ts';

const file = path.join(import.meta.dirname, `../../docs/events/survey-event.v${SCHEMA_VERSION}.schema.json`);
const schema = JSON.parse(readFileSync(file, 'utf8')) as { properties: object };
const formats = { uuid: /^[0-9a-f-]{36}$/, 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ };
const validate = new Ajv({ formats, strictRequired: false }).compile(schema);

it('every message that is written is what the published schema says', async () => {
  const w = await world();
  const campaign_id = await w.campaign();
  const answers = [
    { question: 1, type: 'scale', answer: '4', confidence: 0.9 },
    { question: 3, type: 'free_text', answer: null, confidence: null },
  ];
  const facts: [SurveyEventType, 'completed' | 'refused' | 'busy' | null][] = [
    ['survey.completed', 'completed'],
    ['survey.refused', 'refused'],
    ['survey.not_reached', 'busy'],
    ['survey.not_reached', null],
  ];
  for (const [event_type, outcome] of facts) {
    const [contact_id = ''] = await w.contacts(campaign_id, 1);
    const about = { campaign_id, contact_id, call_attempt_id: null, call_id: null, attempts_count: 2 };
    const told = event_type === 'survey.completed' ? answers : null;
    await w.db
      .transaction()
      .execute((tx) =>
        appendSurveyEvent(tx, { ...about, event_type, outcome, answers: told, now: w.ctx.now() }),
      );
  }
  const written = await w.db.selectFrom('event').select('payload').execute();
  expect(written).toHaveLength(4);
  for (const { payload } of written) {
    expect(validate(payload), JSON.stringify(validate.errors)).toBe(true);
    expect(surveyEventMessage.parse(payload)).toEqual(payload);
  }
  await w.close();
});

it('the schema names what the consumer reads, and refuses what is no such message', () => {
  expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(surveyEventMessage.shape).sort());
  const id = '018f0000-0000-7000-8000-0000000000ff';
  const good = {
    event_id: id,
    event_type: 'survey.refused',
    campaign_id: id,
    contact_id: id,
    call_id: null,
    timestamp: '2026-11-25T11:00:00.000Z',
    outcome: 'refused',
    attempts_count: 1,
  };
  expect(validate(good)).toBe(true);
  expect(validate({ ...good, later_added: true })).toBe(true);
  for (const bad of [
    { ...good, event_id: undefined },
    { ...good, event_type: 'survey.begun' },
    { ...good, outcome: 'opt_out' },
    { ...good, answers: [] },
    { ...good, event_type: 'survey.completed' },
  ]) {
    expect(validate(JSON.parse(JSON.stringify(bad)))).toBe(false);
  }
});
