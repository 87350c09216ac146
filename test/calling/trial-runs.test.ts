import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RESPONDENTS } from '../../app/calling/dialogue/rehearsal/respondent.ts';
import { languageModelServer, type ModelReply } from '../support/language-model-server.ts';
import { waitFor } from '../support/wait-for.ts';
import { type Answer, type RehearsalRoom, rehearsalRoom } from './a-rehearsal.ts';

let room: RehearsalRoom;
let id: string;
beforeAll(async () => {
  room = await rehearsalRoom();
});
afterAll(() => room.api.stop());
beforeEach(async () => {
  id = await room.campaign();
});

describe('a trial run', () => {
  it.each(['en', 'it'])(
    'plays at least 14 respondents in %s, each beside what was expected',
    async (language) => {
      const before = await room.leftBehind();
      const { status, json } = await room.ask('manager', 'POST', `/api/campaigns/${id}/trial-runs`, {
        language,
      });
      expect(status).toBe(201);
      expect(RESPONDENTS.length).toBeGreaterThanOrEqual(14);
      expect(json).toMatchObject({ language, script_version: 1, interpreter: 'rules' });
      expect([json.total, json.as_expected]).toEqual([RESPONDENTS.length, RESPONDENTS.length]);
      expect(json.results.map(({ respondent }: Answer) => respondent)).toEqual([...RESPONDENTS]);
      const injector = json.results.find(({ respondent }: Answer) => respondent === 'prompt_injector');
      expect(injector.actual).toMatchObject({ consent: null, disposition: 'no_explicit_consent' });
      expect(injector.transcript.length).toBeGreaterThan(3);
      expect(await room.leftBehind()).toEqual(before);
      expect(await room.advice(id), 'nobody has heard it').toEqual([
        'warning (en) false',
        'warning (it) false',
      ]);
      const listed = (await room.ask('viewer', 'GET', `/api/campaigns/${id}/trial-runs`)).json;
      expect(listed).toMatchObject({ total: 1, items: [{ id: json.id, as_expected: json.total }] });
      expect((await room.ask('viewer', 'GET', `/api/trial-runs/${json.id}`)).json).toEqual(json);
    },
  );
});

describe('with a model', () => {
  let reply: ModelReply;
  let model: Awaited<ReturnType<typeof languageModelServer>>;
  beforeAll(async () => {
    model = await languageModelServer(() => reply);
    const llm = { llm_provider: 'openai-compatible', llm_model: 'm', base_url: model.url, api_key: 'k' };
    expect((await room.ask('admin', 'PUT', '/api/admin/config', { llm })).status).toBe(200);
    await waitFor(
      'the model to be taken up',
      async () => (await room.api.ctx.settings()).llm_provider !== 'none',
    );
  });
  afterAll(() => model.close());

  it('both understand by it, as calls do, and are stamped with it', async () => {
    reply = {
      content: JSON.stringify({ label: 'no', value: null, quote: 'sooner you did not', confidence: 0.9 }),
    };
    const refused = await room.play(await room.begin(id), 'I would sooner you did not.');
    expect(refused).toMatchObject({ interpreter: 'openai-compatible/m', disposition: 'refusal' });
    expect(refused.interpretation.rule).toContain('openai-compatible/m');
    const trial = (await room.ask('manager', 'POST', `/api/campaigns/${id}/trial-runs`, {})).json;
    expect(trial.interpreter).toBe('openai-compatible/m');
    expect(model.questions.length).toBeGreaterThan(1);
  });
});
