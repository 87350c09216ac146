import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { AnswerDocument } from '../provider.ts';

// Voices and recognisers are named, not left to defaults that depend on the account's age.
const VOICES = {
  en: { language: 'en-US', ttsProvider: 'Google', voice: 'en-US-Neural2-F' },
  it: { language: 'it-IT', ttsProvider: 'Google', voice: 'it-IT-Neural2-A' },
} as const;
const HINTS = {
  en: 'yes,no,repeat,stop,zero,one,two,three,four,five',
  it: 'sì,no,ripeta,basta,zero,uno,due,tre',
};

type Relay = { socket_url: string; action_url: string; token: string; language: 'en' | 'it' };

/**
 * The document that opens the conversation. The relay's attributes are given one by one, because the SDK writes
 * unknown ones as they are: `reportInputDuringAgentSpeech`, else an early "stop" would be lost; `tokens-played`, the
 * only proof of what was heard.
 */
export function connectDocument({ socket_url, action_url, token, language }: Relay): AnswerDocument {
  const response = new VoiceResponse();
  const { language: tag, ...voice } = VOICES[language];
  const attributes = {
    url: socket_url,
    language: tag,
    ttsLanguage: tag,
    transcriptionLanguage: tag,
    ...voice,
    transcriptionProvider: 'Deepgram',
    speechModel: 'nova-3-general',
    interruptible: 'speech',
    interruptSensitivity: 'medium',
    reportInputDuringAgentSpeech: 'speech',
    dtmfDetection: 'true',
    partialPrompts: 'false',
    preemptible: 'false',
    events: 'speaker-events tokens-played',
    hints: HINTS[language],
  };
  const relay = response
    .connect({ action: action_url, method: 'POST' })
    // The SDK types some of Twilio's textual attributes as booleans; what is sent is text either way.
    .conversationRelay(attributes as unknown as VoiceResponse.ConversationRelayAttributes);
  relay.parameter({ name: 'token', value: token });
  return document(response);
}

/** Ends the call. */
export function hangUpDocument(): AnswerDocument {
  const response = new VoiceResponse();
  response.hangup();
  return document(response);
}

function document(response: VoiceResponse): AnswerDocument {
  return { content_type: 'text/xml; charset=utf-8', body: response.toString() };
}
