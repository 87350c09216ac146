import { describe, expect, it } from 'vitest';
import { parseTwiml } from '../../carrier/line/twiml.ts';

describe('TwiML', () => {
  it('reads a relay with its languages, parameters and entities', () => {
    const [connect] = parseTwiml(`<?xml version="1.0" encoding="UTF-8"?>
      <!-- the conversation -->
      <Response><Connect action="https://a.example/ended?x=1&amp;y=2">
        <ConversationRelay url='wss://a.example/talk' language="it-IT" events="speaker-events tokens-played">
          <Language code="it-IT" voice="x"/>
          <Parameter name="token" value="&quot;a&#233;&#x2f;b&quot;"/>
        </ConversationRelay>
      </Connect></Response>`);
    expect(connect).toMatchObject({
      verb: 'connect',
      action: 'https://a.example/ended?x=1&y=2',
      relay: { url: 'wss://a.example/talk', parameters: { token: '"aé/b"' } },
    });
  });

  it('reads the other verbs', () => {
    expect(
      parseTwiml('<Response><Say>Good <![CDATA[day]]></Say><Pause length="2"/><Hangup/></Response>'),
    ).toEqual([{ verb: 'say', text: 'Good day' }, { verb: 'pause', seconds: 2 }, { verb: 'hangup' }]);
  });

  it.each([
    '',
    'Hello',
    '<Response>',
    '<Response><Say></Response>',
    '<Response/><Response/>',
    '<Answer/>',
    '<Response><Dance/></Response>',
    '<Response><Connect/></Response>',
    '<Response><Connect><ConversationRelay url="https://a.example"/></Connect></Response>',
    '<Response><Connect><ConversationRelay url="wss://"/></Connect></Response>',
    '<Response a=b/>',
  ])('refuses %j', (source) => {
    expect(() => parseTwiml(source)).toThrow(SyntaxError);
  });
});
