import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { CarrierUnderTest } from './carrier-under-test.ts';
import { type Script, say } from './small-application.ts';

let carrier: CarrierUnderTest;
beforeAll(async () => {
  carrier = await CarrierUnderTest.start();
});
afterAll(() => carrier.stop());
afterEach(() => {
  carrier.application.relayAttributes = {};
  carrier.application.documentAfter = '<Response><Hangup/></Response>';
});

const END = { type: 'end' };
const QUESTION = 'Hello, this is a survey. It is short, and it is anonymous. Do you agree to take part?';

/** Speaks the first line at once, then answers each thing said with the next. */
function lines(...all: Record<string, unknown>[]): Script {
  return (session, said) => {
    const next = said === null ? 0 : session.frames.filter((f) => f.type === 'prompt' && f.last).length;
    return [all[next] ?? END];
  };
}

async function talk(to: string, script: Script, attributes: Record<string, string> = {}) {
  carrier.application.script = script;
  carrier.application.relayAttributes = attributes;
  const { sid } = await carrier.call(to, to);
  await carrier.ended(sid, to);
  const session = carrier.application.sessions.findLast((s) => s.frames[0]?.callSid === sid);
  return { frames: session?.frames ?? [], facts: await carrier.facts(sid), sid };
}

function framesOf(frames: Record<string, unknown>[], type: string) {
  return frames.filter((frame) => frame.type === type);
}

describe('ConversationRelay, the network side', () => {
  it('proves what was played, clause by clause, and who is speaking', async () => {
    const { frames } = await talk('+393332220001', lines(say(QUESTION)), {
      events: 'speaker-events tokens-played',
    });
    expect(framesOf(frames, 'info').map(({ name, value }) => [name, value])).toEqual([
      ['agentSpeaking', 'on'],
      ['tokensPlayed', 'Hello,'],
      ['tokensPlayed', ' this is a survey.'],
      ['tokensPlayed', ' It is short,'],
      ['tokensPlayed', ' and it is anonymous.'],
      ['tokensPlayed', ' Do you agree to take part?'],
      ['agentSpeaking', 'off'],
      ['clientSpeaking', 'on'],
      ['clientSpeaking', 'off'],
    ]);
    expect(framesOf(frames, 'prompt')).toMatchObject([{ lang: 'en-US', last: true }]);
  });

  it('sends no events that were not asked for, and partial prompts that were', async () => {
    const { frames } = await talk('+393332220101', lines(say(QUESTION)), { partialPrompts: 'true' });
    expect(framesOf(frames, 'info')).toEqual([]);
    const prompts = framesOf(frames, 'prompt');
    expect(prompts.at(-1)?.last).toBe(true);
    expect(prompts.at(-2)).toMatchObject({ last: false, voicePrompt: prompts.at(-1)?.voicePrompt });
  });

  it('speaks the language of the relay', async () => {
    const question = 'Buongiorno, è un sondaggio. Vuole partecipare?';
    const scale = 'Da uno a dieci, quanto è soddisfatto?';
    const { facts } = await talk('+393332220201', lines(say(question), say(scale)), { language: 'it-IT' });
    const said = facts.filter((fact) => fact.fact === 'respondent_said').map((fact) => fact.text);
    expect(said[0]).toMatch(/sì|certo/i);
    expect(said[1]).toMatch(/\d|uno|due|tre|quattro|cinque|sei|sette|otto|nove|dieci/i);
  });

  it('lets the third cut in, but only where the message may be interrupted', async () => {
    const long = `${QUESTION} ${'We would be very glad to hear what you think about it. '.repeat(4)}`;
    const cut = await talk('+393332220003', lines(say(long, { interruptible: true })));
    expect(framesOf(cut.frames, 'interrupt')).toHaveLength(1);
    const heard = String(framesOf(cut.frames, 'interrupt')[0]?.utteranceUntilInterrupt);
    expect(long.startsWith(heard) && heard.length < 125).toBe(true);
    expect(cut.facts.find((fact) => fact.fact === 'agent_said')).toMatchObject({ interrupted: true });
    const whole = await talk('+393332220103', lines(say(long, { interruptible: 'none' })));
    expect(framesOf(whole.frames, 'interrupt')).toEqual([]);
    expect(framesOf(whole.frames, 'prompt')).toHaveLength(1);
  });

  it('presses keys where keys are offered', async () => {
    const script: Script = (session, said) => {
      if (said === null) return [say(QUESTION)];
      session.socket.on('message', (data) => {
        if (String(data).includes('dtmf')) session.socket.send(JSON.stringify(END));
      });
      return [say('From 1 to 5, how was it? Please press a key.')];
    };
    const { frames } = await talk('+393332220301', script);
    expect(framesOf(frames, 'dtmf')[0]?.digit).toMatch(/^[1-5]$/);
  });

  it('streams tokens with their spaces and hears them as one', async () => {
    const tokens = QUESTION.match(/\s*\S+/g) ?? [];
    const script: Script = (_session, said) =>
      said === null
        ? tokens.map((token, index) => ({ type: 'text', token, last: index === tokens.length - 1 }))
        : [END];
    const { facts } = await talk('+393332220401', script);
    expect(facts.find((fact) => fact.fact === 'agent_said')?.text).toBe(QUESTION);
  });

  it('answers malformed frames with 64107 and closes with 1007 after ten', async () => {
    const script: Script = (session) => {
      for (let count = 0; count < 10; count += 1) session.socket.send('not a frame');
      return [];
    };
    const { frames, sid } = await talk('+393332220501', script);
    expect(framesOf(frames, 'error')).toHaveLength(10);
    expect(framesOf(frames, 'error')[0]?.description).toContain('64107');
    const action = carrier.application.callbacks('/ended').find((r) => r.params.CallSid === sid);
    expect(action?.params).toMatchObject({ SessionStatus: 'failed', ErrorCode: '64105' });
  });

  it('keeps the call when the socket drops, and connects again if the document says so', async () => {
    const { application } = carrier;
    const before = application.sessions.length;
    application.documentAfter = `<Response><Connect action="${application.url}/ended"><ConversationRelay url="${application.socketUrl}"/></Connect></Response>`;
    const script: Script = (session) => {
      if (application.sessions.length === before + 1) {
        session.socket.terminate();
        return [];
      }
      application.documentAfter = '<Response><Hangup/></Response>';
      return [END];
    };
    const { sid } = await talk('+393332220601', script);
    const actions = application.callbacks('/ended').filter((r) => r.params.CallSid === sid);
    expect(actions.map((r) => [r.params.SessionStatus, r.params.ErrorCode, r.params.CallStatus])).toEqual([
      ['failed', '64105', 'in-progress'],
      ['ended', undefined, 'in-progress'],
    ]);
    expect(new Set(actions.map((r) => r.params.SessionId)).size).toBe(2);
  });

  it('reports a socket it cannot reach as failed, with 64102', async () => {
    const { application } = carrier;
    const sid = (
      await carrier.call('+393332220701', 'nowhere', { twiml: unreachable(application.url), url: '' })
    ).sid;
    await carrier.ended(sid, 'nowhere');
    const action = application.callbacks('/ended').find((r) => r.params.CallSid === sid);
    expect(action?.params).toMatchObject({ SessionStatus: 'failed', ErrorCode: '64102' });
  });

  it('closes the socket with 1000 when the call is hung up from outside', async () => {
    carrier.application.script = () => [];
    const { sid } = await carrier.call('+393332220801', 'outside');
    const session = await waitFor('the session', () =>
      carrier.application.sessions.find((s) => s.frames[0]?.callSid === sid),
    );
    const closed = new Promise<number>((resolve) => session.socket.on('close', resolve));
    await carrier.client.calls(sid).update({ status: 'completed' });
    expect(await closed).toBe(1000);
    expect((await carrier.ended(sid, 'outside')).status).toBe('completed');
  });
});

function unreachable(url: string): string {
  return `<Response><Connect action="${url}/ended"><ConversationRelay url="ws://127.0.0.1:1/"/></Connect></Response>`;
}
