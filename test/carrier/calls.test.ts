import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CarrierUnderTest } from './carrier-under-test.ts';
import { surveyScript } from './small-application.ts';

let carrier: CarrierUnderTest;
beforeAll(async () => {
  carrier = await CarrierUnderTest.start();
});
afterAll(() => carrier.stop());

/** Calls a number with the small survey and returns everything that came of it. */
async function survey(to: string) {
  const survey = surveyScript();
  const { application } = carrier;
  application.script = survey.script;
  const { sid } = await carrier.call(to, to);
  const call = await carrier.ended(sid, to);
  const statuses = application.callbacks('/events', to).map((r) => r.params.CallStatus);
  const facts = await carrier.facts(sid);
  expect(application.received.filter((r) => !r.valid)).toEqual([]);
  return { ...survey, call, statuses, facts, last: application.callbacks('/events', to).at(-1)?.params };
}

describe('the life of a call', () => {
  it('reaches a cooperative respondent, who answers everything', async () => {
    const { call, statuses, consent, answers, facts, last } = await survey('+393331110001');
    expect(statuses).toEqual(['initiated', 'ringing', 'in-progress', 'completed']);
    expect(call).toMatchObject({ status: 'completed' });
    expect(consent).toHaveLength(1);
    expect(answers).toHaveLength(2);
    expect(answers[0]).toMatch(/[1-5]|one|two|three|four|five/i);
    expect(last).toMatchObject({ SipResponseCode: '200', SequenceNumber: '3', ToCity: '', ToCountry: 'IT' });
    expect(facts.map((fact) => fact.fact)).toEqual([
      'accepted',
      'ringing',
      'answered',
      'agent_said',
      'respondent_said',
      'agent_said',
      'respondent_said',
      'agent_said',
      'respondent_said',
      'ended',
    ]);
    expect(facts.at(-1)).toMatchObject({ status: 'completed', ended_by: 'application' });
    const session = carrier.application.sessions.at(-1);
    expect(session?.signature_valid).toBe(true);
    expect(session?.frames[0]).toMatchObject({
      type: 'setup',
      callSid: call.sid,
      customParameters: { token: 'a "quoted" & odd <value>' },
    });
    const [action] = carrier.application.callbacks('/ended').slice(-1);
    expect(action?.params).toMatchObject({
      SessionStatus: 'ended',
      HandoffData: '{"why":"done"}',
      CallStatus: 'in-progress',
    });
  });

  it('is refused by the second', async () => {
    const { consent, answers, call } = await survey('+393331110002');
    expect(call.status).toBe('completed');
    expect(answers).toEqual([]);
    expect(consent[0]).toMatch(/no|not/i);
  });

  it('tells the fourth who is calling and repeats for the fifth, who then agree', async () => {
    for (const to of ['+393331110004', '+393331110005']) {
      const { consent, answers } = await survey(to);
      expect(consent).toHaveLength(1);
      expect(answers).toHaveLength(2);
    }
  });

  it('rings out, meets an engaged line, finds no such number', async () => {
    const unanswered = await survey('+393331110007');
    expect(unanswered.statuses).toEqual(['initiated', 'ringing', 'no-answer']);
    expect(unanswered.last).toMatchObject({ SipResponseCode: '487', CallDuration: '0', Duration: '0' });
    const busy = await survey('+393331110008');
    expect(busy.statuses).toEqual(['initiated', 'busy']);
    expect(busy.last).toMatchObject({ SipResponseCode: '486' });
    const invalid = await survey('+393331110011');
    expect(invalid.statuses).toEqual(['initiated', 'failed']);
    expect(invalid.last).toMatchObject({ SipResponseCode: '404' });
  });

  it('meets a machine: a greeting on the line and a verdict beside it', async () => {
    const { consent, call, answers } = await survey('+393331110009');
    expect(consent[0]).toMatch(/message/);
    expect(answers).toEqual([]);
    const verdicts = carrier.application.callbacks('/machine', '+393331110009');
    expect(call.answeredBy).toBe(verdicts[0]?.params.AnsweredBy ?? null);
    expect(verdicts.every((r) => r.valid && r.params.AnsweredBy === 'machine_start')).toBe(true);
  });

  it('loses the tenth during question 2', async () => {
    const { answers, facts, call } = await survey('+393331110010');
    expect(call.status).toBe('completed');
    expect(answers).toHaveLength(1);
    expect(facts.at(-1)).toMatchObject({ fact: 'ended', ended_by: 'respondent' });
    expect(carrier.application.callbacks('/ended').at(-1)?.params).toMatchObject({
      SessionStatus: 'completed',
      CallStatus: 'completed',
    });
  });

  it('says human for a human, and only the events that were asked for', async () => {
    carrier.application.script = () => [];
    const to = '+393331110101';
    const { sid } = await carrier.call(to, to, { statusCallbackEvent: ['completed'] });
    const answeredBy = async () => (await carrier.client.calls(sid).fetch()).answeredBy;
    await expect.poll(answeredBy, { timeout: 20_000 }).toBe('human');
    await carrier.client.calls(sid).update({ status: 'completed' });
    const call = await carrier.ended(sid, to);
    expect(call.status).toBe('completed');
    const events = carrier.application.callbacks('/events', to);
    expect(events.map((r) => [r.params.CallStatus, r.params.SequenceNumber])).toEqual([['completed', '0']]);
    expect((await carrier.facts(sid)).at(-1)).toMatchObject({ ended_by: 'application' });
  });

  it('ends a call at its time limit', async () => {
    carrier.application.script = () => [];
    const to = '+393331110201';
    const { sid } = await carrier.call(to, to, { timeLimit: 1 });
    await carrier.ended(sid, to);
    expect((await carrier.facts(sid)).at(-1)).toMatchObject({ status: 'completed', ended_by: 'network' });
  });
});

describe('an application that fails its part', () => {
  it.each([
    ['cannot be fetched', { url: 'http://127.0.0.1:1/' }, 11200],
    ['is no TwiML', { url: '', twiml: '<Respond/>' }, 12100],
    ['names an impossible action', { url: '', twiml: badAction() }, 11100],
  ])('loses the call when its document %s', async (what, wrong, code) => {
    const { sid } = await carrier.call('+393331110301', what, wrong);
    await carrier.ended(sid, what);
    expect((await carrier.facts(sid)).at(-1)).toMatchObject({
      status: 'completed',
      ended_by: 'network',
      error_code: code,
    });
  });
});

function badAction(): string {
  return '<Response><Connect action="http://"><ConversationRelay url="ws://127.0.0.1:1/"/></Connect></Response>';
}
