import { describe, expect, it } from 'vitest';
import { isInternalAddress, urlFault } from './egress.ts';

describe('an address', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2001:0:5ef5:79fb::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
    'localhost',
    '',
  ])('%s is internal', (address) => {
    expect(isInternalAddress(address)).toBe(true);
  });

  it.each(['1.1.1.1', '93.184.216.34', '172.15.0.1', '172.32.0.1', '192.167.1.1', '2606:4700::1111'])(
    '%s is of the Internet',
    (address) => {
      expect(isInternalAddress(address)).toBe(false);
    },
  );
});

describe('a URL', () => {
  const rules = { allowed_hosts: ['crm.example', '*.bi.example', 'odd.example:8443'], allow_internal: false };
  it.each([
    'https://crm.example/hook?x=1',
    'https://CRM.example/',
    'https://crm.example:9443/',
    'https://a.bi.example/',
    'https://a.b.bi.example/',
    'https://odd.example:8443/',
  ])('%s may be called', (url) => {
    expect(urlFault(url, rules)).toBeNull();
  });

  it.each([
    ['nothing', 'no address'],
    ['http://crm.example/', 'https'],
    ['ftp://crm.example/', 'https'],
    ['https://user:secret@crm.example/', 'password'],
    ['https://evil.example/', 'not on the list'],
    ['https://crm.example.evil.example/', 'not on the list'],
    ['https://evilcrm.example/', 'not on the list'],
    ['https://bi.example/', 'not on the list'],
    ['https://evilbi.example/', 'not on the list'],
    ['https://odd.example/', 'not on the list'],
    ['https://crm.example./', 'not on the list'],
    ['https://crm.example@evil.example/', 'password'],
    ['https://127.0.0.1/', 'not on the list'],
  ])('%s may not: %s', (url, reason) => {
    expect(urlFault(url, rules)).toContain(reason);
  });

  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://169.254.169.254/latest/meta-data/',
  ])('%s may not, even where the list names it', (url) => {
    const named = { allowed_hosts: [new URL(url).hostname], allow_internal: false };
    expect(urlFault(url, named)).toBe('is an internal address');
  });

  it('may not be called at all while the list is empty', () => {
    expect(urlFault('https://crm.example/', { allowed_hosts: [], allow_internal: true })).toContain('list');
  });
});
