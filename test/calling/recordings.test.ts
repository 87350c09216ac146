import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordCallEvents } from '../../app/calling/record-call-events.ts';
import { readCallback } from '../../app/calling/telephony/twilio/call-events.ts';
import { conversationWire } from '../../app/calling/telephony/twilio/conversation-wire.ts';
import { waitFor } from '../support/wait-for.ts';
import { answeredCall, documentFor, FarSocket, tokenIn } from './far-socket.ts';
import { NOON, type World, world } from './world.ts';

type Entry = { dir: string; path?: string; frame?: Record<string, unknown>; form?: Record<string, string> };

// Sessions that were recorded on real lines; they are not ours to keep, so they are read from where they lie.
const { CONTRACT_DATA_DIR } = process.env;
const folder = CONTRACT_DATA_DIR ? path.join(CONTRACT_DATA_DIR, 'telephony') : '';
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonl')) : [];
if (files.length === 0) {
  process.stdout.write('not run: the recorded sessions (CONTRACT_DATA_DIR names no folder with any)\n');
}

describe.skipIf(files.length === 0)('recorded sessions', () => {
  let w: World;
  beforeAll(async () => {
    w = await world();
  });
  afterAll(() => w.close());
  const read = (name: string) =>
    readFileSync(path.join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Entry);

  it.each(files)('every frame of %s is understood', (name) => {
    for (const { dir, frame } of read(name)) {
      if (dir !== 'in' || !frame) continue;
      expect(conversationWire.parse(JSON.stringify(frame)).type, JSON.stringify(frame)).not.toBe('ignored');
    }
  });

  it.each(files)('%s replays into a call without a fault, and the call ends once', async (name) => {
    const call = await answeredCall(w);
    const socket = new FarSocket(w);
    socket.setup(call.sid, tokenIn(await documentFor(w, call)));
    await waitFor('the introduction', () => socket.said.length > 0);
    for (const { dir, frame, form } of read(name)) {
      if (dir === 'in' && frame && frame.type !== 'setup') socket.send(frame);
      if (dir !== 'http' || !form?.CallStatus || form.CallbackSource !== 'call-progress-events') continue;
      const body = Buffer.from(new URLSearchParams({ ...form, CallSid: call.sid }).toString());
      const url = `http://localhost:3000/webhooks/telephony/events?call_id=${call.call_id}`;
      const events = readCallback({ url, headers: {}, body }, NOON);
      await recordCallEvents(w.ctx, { provider_name: 'twilio', events });
    }
    const attempt = (await w.attempt(call.call_id))!;
    const ended = read(name).some(
      ({ form }) => form?.CallStatus === 'completed' && form.SequenceNumber === '3',
    );
    expect(attempt.ended_at !== null).toBe(ended);
    expect(socket.closedWith).toBeNull();
    socket.close();
    await w.db
      .updateTable('call_attempt')
      .set({ ended_at: NOON, outcome: 'failed', disposition: 'technical' })
      .where('ended_at', 'is', null)
      .execute();
  });
});
