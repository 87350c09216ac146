/** An element of a small XML document: no namespaces, no DTD; text of all children joined. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

const TOKEN =
  /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/\s*([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Parses a document and returns its root element; throws SyntaxError where it is not well-formed. */
export function parseXml(source: string): XmlElement {
  const document: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open: XmlElement[] = [document];
  TOKEN.lastIndex = 0;
  const xml = source.trim();
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(xml);
    if (token === null) throw new SyntaxError(`not well-formed at character ${at}`);
    takeToken(token, open);
  }
  const root = document.children[0];
  if (open.length !== 1 || root === undefined || document.children.length !== 1 || document.text.trim()) {
    throw new SyntaxError('a document has exactly one closed root element');
  }
  return root;
}

function takeToken(token: RegExpExecArray, open: XmlElement[]): void {
  const [, cdata, closing, opening, attributes, selfClosing, text] = token;
  const parent = open.at(-1);
  if (parent === undefined) throw new SyntaxError('unbalanced elements');
  if (cdata !== undefined) parent.text += cdata;
  if (text !== undefined) parent.text += decodeEntities(text);
  if (opening !== undefined) {
    const element = { name: opening, attributes: readAttributes(attributes ?? ''), children: [], text: '' };
    parent.children.push(element);
    if (selfClosing === '') open.push(element);
  }
  if (closing !== undefined) {
    if (open.length === 1 || parent.name !== closing) throw new SyntaxError(`unexpected </${closing}>`);
    open.pop();
  }
}

function readAttributes(source: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, double, single] of source.matchAll(ATTRIBUTE)) {
    if (name !== undefined) attributes[name] = decodeEntities(double ?? single ?? '');
  }
  return attributes;
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return ENTITIES[name] ?? whole;
  });
}
