import { describe, expect, it } from 'vitest';
import { groupOfCode, kindOfCode } from '../../../app/calling/telephony/twilio/error-codes.ts';
import { withContractData } from './contract-data.ts';

// Written from the vendor's pages on these codes: what one number cannot help must not stop a campaign, and the reverse.
const OF_A_NUMBER = [
  13223, 13224, 13225, 13226, 21201, 21202, 21211, 21214, 21216, 21217, 21610, 21614, 32017, 32101, 32203,
];
const OF_THE_CAMPAIGN = [13227, 21203, 21205, 21209, 21210, 21212, 21213, 21215, 21219, 21262, 21263, 32205];
const OF_THE_ACCOUNT = [10001, 10002, 20003, 20005, 20006, 20104, 20151, 20404];
const OF_THE_MOMENT = [11200, 12400, 20409, 20500, 20503];
const TOO_MUCH = [10004, 20429, 22005, 32001, 32012];

describe('the class of a code', () => {
  it.each(OF_A_NUMBER)('%i concerns a number', (code) => {
    expect(['invalid_number', 'blocked']).toContain(kindOfCode(code));
  });
  it.each([
    ['configuration', OF_THE_CAMPAIGN],
    ['account', OF_THE_ACCOUNT],
    ['transient', OF_THE_MOMENT],
    ['throttled', TOO_MUCH],
  ] as const)('%s: %o', (kind, codes) => {
    for (const code of codes) expect([code, kindOfCode(code)]).toEqual([code, kind]);
  });

  it('of a code that did not exist when this was written is our request', () => {
    expect(groupOfCode(99_999)).toBeNull();
    expect(kindOfCode(99_999)).toBe('configuration');
  });

  withContractData('317 error codes', 'telephony/twilio_error_codes.voice.json', (data) => {
    const codes = data() as { code: number; message: string }[];
    it('every one is in the table, with a reason', () => {
      expect(codes).toHaveLength(317);
      const missing = codes.filter(({ code }) => !groupOfCode(code)?.why);
      expect(missing).toEqual([]);
    });

    it('none that speaks of the called number stops a campaign', () => {
      // Not allowed, not verified on trial: that is for the operator; trunk and SMS settings never meet a call.
      const ours =
        /not verified|not yet verified|geo permission|dial->|verb|SMS-capable|MessagingServiceSid/i;
      const speaks =
        /('to'|called|destination|this) (phone )?number|number .*not (valid|correct)|recipient|block ?list|blacklisted/i;
      const wrong = codes.filter(
        ({ code, message }) =>
          speaks.test(message) &&
          !ours.test(message) &&
          !/'from'/i.test(message) &&
          kindOfCode(code) === 'configuration',
      );
      expect(wrong).toEqual([]);
    });
  });
});
