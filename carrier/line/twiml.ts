import { parseXml, type XmlElement } from './xml.ts';

/** `<ConversationRelay>` as the application wrote it. */
export interface Relay {
  url: string;
  attributes: Readonly<Record<string, string>>;
  parameters: Readonly<Record<string, string>>;
}

/** One instruction of an answer document. */
export type Verb =
  | { verb: 'connect'; action: string | null; method: 'GET' | 'POST'; relay: Relay }
  | { verb: 'redirect'; url: string; method: 'GET' | 'POST' }
  | { verb: 'say'; text: string }
  | { verb: 'pause'; seconds: number }
  | { verb: 'hangup' };

/** Reads a TwiML document; throws SyntaxError for what Twilio reports as 12100 or 12200. */
export function parseTwiml(source: string): Verb[] {
  const root = parseXml(source);
  if (root.name !== 'Response') throw new SyntaxError('the root element of TwiML is <Response>');
  return root.children.map(readVerb);
}

function readVerb(element: XmlElement): Verb {
  switch (element.name) {
    case 'Connect':
      return readConnect(element);
    case 'Say':
      return { verb: 'say', text: element.text.trim() };
    case 'Pause':
      return { verb: 'pause', seconds: Number(element.attributes.length ?? 1) };
    case 'Redirect':
      return { verb: 'redirect', url: element.text.trim(), method: readMethod(element) };
    case 'Hangup':
      return { verb: 'hangup' };
    default:
      throw new SyntaxError(`<${element.name}> is not a verb of this network`);
  }
}

function readConnect(element: XmlElement): Verb {
  const relay = element.children.find((child) => child.name === 'ConversationRelay');
  const url = relay?.attributes.url;
  if (
    relay === undefined ||
    url === undefined ||
    !/^wss?:\/\//.test(url) ||
    !URL.canParse(url) ||
    url.includes('#')
  ) {
    throw new SyntaxError('<Connect> needs a <ConversationRelay> with a wss:// url');
  }
  return {
    verb: 'connect',
    action: element.attributes.action ?? null,
    method: readMethod(element),
    relay: { url, attributes: relay.attributes, parameters: readParameters(relay) },
  };
}

function readParameters(relay: XmlElement): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const { name, attributes } of relay.children) {
    if (name === 'Parameter' && attributes.name !== undefined)
      parameters[attributes.name] = attributes.value ?? '';
  }
  return parameters;
}

function readMethod(element: XmlElement): 'GET' | 'POST' {
  return element.attributes.method?.toUpperCase() === 'GET' ? 'GET' : 'POST';
}
