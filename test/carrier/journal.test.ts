import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startCarrier } from '../../carrier/start-carrier.ts';
import { waitFor } from '../support/wait-for.ts';
import { CarrierUnderTest } from './carrier-under-test.ts';

let carrier: CarrierUnderTest;
beforeEach(async () => {
  carrier = await CarrierUnderTest.start();
});
afterEach(() => carrier.stop());

it('remembers ended calls over a restart, also after half a line', async () => {
  const { sid } = await carrier.call('+393334440008', 'busy');
  const before = await carrier.ended(sid, 'busy');
  await appendFile(carrier.journalPath, '{"at":"2026-');
  await carrier.restart();
  const after = await carrier.client.calls(sid).fetch();
  expect(after.toJSON()).toEqual(before.toJSON());
  const second = await carrier.call('+393334440108', 'second');
  expect((await carrier.ended(second.sid, 'second')).status).toBe('busy');
  expect((await carrier.client.calls.list()).map((call) => call.sid)).toEqual([second.sid, sid]);
});

it('ends the calls that were live, and reports them', async () => {
  const ringing = await carrier.call('+393334440007', 'ringing', { timeout: 600 });
  const talking = await carrier.call('+393334440001', 'talking');
  await waitFor('a conversation', () => carrier.application.sessions.length > 0);
  await waitFor(
    'ringing',
    async () => (await carrier.client.calls(ringing.sid).fetch()).status === 'ringing',
  );
  await carrier.restart();
  expect((await carrier.client.calls(ringing.sid).fetch()).status).toBe('failed');
  expect((await carrier.client.calls(talking.sid).fetch()).status).toBe('completed');
  const ends = (await carrier.facts()).filter((fact) => fact.fact === 'ended');
  expect(ends.map((fact) => fact.call_sid).toSorted()).toEqual([ringing.sid, talking.sid].toSorted());
  await carrier.ended(ringing.sid, 'ringing');
  await carrier.ended(talking.sid, 'talking');
  expect(carrier.application.received.every((r) => r.valid)).toBe(true);
});

it('takes over from a process that was killed', async () => {
  const source = path.resolve('carrier/start-carrier.ts');
  const options = { ...carrier.options, dataDir: path.join(carrier.dataDir, 'killed') };
  const program = `
    import { startCarrier } from ${JSON.stringify(source)};
    console.log((await startCarrier(${JSON.stringify(options)})).url);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [url] = (await once(child.stdout, 'data')) as [Buffer];
  const client = carrier.clientWith({});
  client.api.baseUrl = String(url).trim();
  const { sid } = await client.calls.create(carrier.callOptions('+393334440207', 'killed'));
  child.kill('SIGKILL');
  await exited;
  const heir = await startCarrier(options);
  client.api.baseUrl = heir.url;
  expect((await client.calls(sid).fetch()).status).toBe('failed');
  await waitFor('the report', () =>
    carrier.application.callbacks('/events', 'killed').some((r) => r.params.CallStatus === 'failed'),
  );
  await heir.stop();
});

it('has a call on disk before it is accepted, with the address that names it', async () => {
  const { sid } = await carrier.call('+393334440011', 'on disk');
  const [accepted] = await carrier.facts(sid);
  expect(accepted).toMatchObject({ fact: 'accepted', to: '+393334440011', status: 'queued' });
  expect(accepted?.callback_url).toContain('call_id=on%20disk');
  expect(accepted?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});
