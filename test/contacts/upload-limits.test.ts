import { once } from 'node:events';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENTERED } from '../campaigns/a-campaign.ts';
import { startApi, type TestApi } from '../support/api.ts';

const EDGE = 'edge-of-the-parts';
const OPENING = `--${EDGE}\r\ncontent-disposition: form-data; name="file"; filename="c.csv"\r\n\r\n`;
const CLOSING = `\r\n--${EDGE}--\r\n`;

let api: TestApi;
let url: string;
beforeAll(async () => {
  api = await startApi({
    UPLOAD_MAX_MIB: '2',
    UPLOAD_MAX_ROWS: '1000',
    UPLOAD_MAX_CELL_CHARACTERS: '200',
    UPLOAD_MAX_SILENCE_SECONDS: '1',
    UPLOAD_MAX_SECONDS: '3',
  });
  const created = await (await api.call('manager', 'POST', '/api/campaigns', ENTERED)).json();
  url = `/api/campaigns/${(created as { id: string }).id}/contacts/upload`;
});
afterAll(() => api.stop());

type Answer = { status: number; body: Record<string, unknown> };

/** Sends a body piece by piece, as a socket does, for as long as the server listens; answers what it said. */
async function send(
  pieces: AsyncIterable<string | Buffer>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const token = await api.token('manager');
  return new Promise((resolve, reject) => {
    const sent = request(`${api.origin}${url}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': `multipart/form-data; boundary=${EDGE}`,
        ...headers,
      },
    });
    let isOver = false;
    sent.on('response', async (answer) => {
      isOver = true;
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      resolve({ status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) });
      sent.destroy();
    });
    sent.on('error', (error) => isOver || reject(error));
    const pump = async () => {
      for await (const piece of pieces) {
        if (isOver) return;
        if (!sent.write(piece)) await once(sent, 'drain').catch(() => {});
      }
      sent.end();
    };
    pump().catch(reject);
  });
}

async function* whole(...texts: (string | Buffer)[]) {
  yield OPENING;
  yield* texts;
  yield CLOSING;
}
async function* endless(first: string, more: string) {
  yield OPENING + first;
  for (let sent = 0; sent < 400; sent += 1) yield more;
  yield CLOSING;
}
const never = () => new Promise<never>(() => {});

describe('an upload is given up, with the limit in the answer, when it', () => {
  it('is too large', async () => {
    const answer = await send(endless('phone\n', `+393470000001\n`.repeat(4_000)));
    // A file this long has too many rows before it has too many bytes: whichever it meets first.
    expect(answer).toMatchObject({ status: 422, body: { code: 'import.too_many_rows', limit_rows: 1_000 } });
    const blank = await send(endless('phone\n', '\n'.repeat(60_000)));
    expect(blank).toMatchObject({
      status: 413,
      body: { code: 'request.too_large', limit_bytes: 2 * 1024 * 1024 },
    });
  });

  it('has a cell that no sheet could hold', async () => {
    const answer = await send(whole(`phone,note\n+393470000001,${'x'.repeat(201)}\n`), {
      'accept-language': 'it',
    });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'import.cell_too_long',
        limit_characters: 200,
        line_number: 2,
        detail: expect.stringContaining('riga 2'),
      },
    });
  });

  it('has no end of line', async () => {
    const answer = await send(endless('phone\n', '9'.repeat(100_000)));
    expect(answer).toMatchObject({ status: 422, body: { code: 'import.unreadable', line_number: 2 } });
  });

  it('falls silent', async () => {
    async function* silent() {
      yield `${OPENING}phone\n+393470000001\n`;
      await never();
    }
    expect(await send(silent())).toMatchObject({
      status: 422,
      body: { code: 'import.too_slow', limit_seconds: 1 },
    });
  });

  it('drips', async () => {
    async function* dripping() {
      yield `${OPENING}phone\n`;
      for (;;) {
        yield '+393470000001\n';
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    expect(await send(dripping())).toMatchObject({
      status: 422,
      body: { code: 'import.too_slow', limit_seconds: 3 },
    });
  });

  it('is compressed: nothing here unpacks', async () => {
    const bomb = gzipSync(
      Buffer.concat([Buffer.from(OPENING), Buffer.alloc(50_000_000), Buffer.from(CLOSING)]),
    );
    async function* bytes() {
      yield bomb;
    }
    const encoded = await send(bytes(), { 'content-encoding': 'gzip' });
    expect(encoded.status).toBeGreaterThanOrEqual(400);
    expect(encoded.status).toBeLessThan(500);
    const inside = await send(whole(gzipSync(Buffer.alloc(50_000_000))));
    expect(inside).toMatchObject({ status: 422, body: { code: 'import.unreadable' } });
  });
});

it('none of it left a contact, and every import has ended', async () => {
  const rows = await api.db.selectFrom('contact').select('id').execute();
  expect(rows).toEqual([]);
  const open = await api.db
    .selectFrom('contact_import')
    .select('id')
    .where('status', '=', 'running')
    .execute();
  expect(open).toEqual([]);
});

it('names the columns it found and those it takes, in the language of who asks', async () => {
  const answer = await send(whole('Nome;Posta\nx;y\n'), { 'accept-language': 'it' });
  expect(answer).toMatchObject({
    status: 422,
    body: {
      code: 'import.missing_column',
      columns_found: ['Nome', 'Posta'],
      columns_accepted: expect.arrayContaining(['phone_number', 'email']),
      detail: expect.stringMatching(/Colonne trovate: Nome, Posta.*Colonne accettate: .*phone_number/),
    },
  });
});
