import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askOutside } from './ask-outside.ts';
import { InternalAddress, isInternal } from './outside-address.ts';

const v4 = (address: string) => isInternal({ address, family: 4 });
const v6 = (address: string) => isInternal({ address, family: 6 });

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
  ])('%s lies inside', (address) => {
    expect(v4(address)).toBe(true);
    expect(v6(`::ffff:${address}`)).toBe(true);
  });
  it.each([
    '::1',
    '::',
    'fd00::1',
    'fe80::1',
    'fd00:ec2::254',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '::ffff:7f00:1',
  ])('%s lies inside', (address) => {
    expect(v6(address)).toBe(true);
  });
  it.each(['8.8.8.8', '172.32.0.1', '93.184.216.34'])('%s lies outside', (address) => {
    expect(v4(address)).toBe(false);
  });
  it('2606:4700::1111 lies outside', () => {
    expect(v6('2606:4700::1111')).toBe(false);
  });
});

describe('asking', () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(String(request.headers.authorization));
    if (request.url === '/away') response.writeHead(302, { location: '/models' });
    response.end('{}');
  });
  let port: number;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());
  const ask = (url: string, allowed: string[] = []) =>
    askOutside({ url, headers: { authorization: 'Bearer k' }, allowed, timeout_ms: 5_000 });

  it.each(['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', '127.1'])(
    'http://%s is refused before a byte is sent',
    async (host) => {
      await expect(ask(`http://${host}:${port}/models`)).rejects.toThrow(InternalAddress);
      expect(seen).toEqual([]);
    },
  );

  it('what an operator allows is asked, and no redirection is followed', async () => {
    expect(await ask(`http://127.0.0.1:${port}/models`, ['127.0.0.1'])).toBe(200);
    expect(await ask(`http://127.0.0.1:${port}/away`, ['127.0.0.1'])).toBe(302);
    expect(seen).toEqual(['Bearer k', 'Bearer k']);
  });
});
