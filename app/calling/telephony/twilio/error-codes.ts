import type { FailureKind } from '../provider.ts';

/** Codes that mean the same to us; a pair is a range. */
type Group = { kind: FailureKind; why: string; codes: readonly (number | readonly [number, number])[] };

// twilio.com/docs/api/errors. What a code says about whom: the number, our settings, our account, or the moment.
const GROUPS: readonly Group[] = [
  {
    kind: 'invalid_number',
    why: 'there is no such number to call, or none that may ever be called',
    codes: [13223, 13226, 20023, 21202, 21211, 21217, 32101],
  },
  {
    kind: 'unreachable',
    why: 'Twilio says it of an invalid number and of a carrier that is out alike',
    codes: [13224, 21214, 32009, 32016, 32221],
  },
  {
    kind: 'blocked',
    why: 'the number, or we towards it, is on a block list',
    codes: [13225, 21216, 32017, 32203, 32216],
  },
  {
    kind: 'account',
    why: 'the account is not active, lacks the right, or is not who it says it is',
    codes: [
      10001,
      10002,
      10003,
      20003,
      20005,
      20006,
      20008,
      20010,
      [20101, 20107],
      [20151, 20160],
      20403,
      20404,
      32106,
      32200,
      32202,
    ],
  },
  {
    kind: 'throttled',
    why: 'too many at once: nothing was accepted',
    codes: [10004, 20429, 22005, 32001, 32008, 32012, 32013],
  },
  {
    kind: 'transient',
    why: 'a fault of the moment: of the network, of Twilio, or of the way to this application',
    codes: [
      [11200, 11220],
      11251,
      12400,
      20162,
      20409,
      20500,
      20503,
      32002,
      32006,
      32007,
      32010,
      32011,
      32014,
      32015,
      32021,
      32022,
      32219,
    ],
  },
  {
    kind: 'configuration',
    why: 'the request, the caller number or a permission is at fault: every call of the campaign would be refused',
    codes: [
      11100,
      [11235, 11243],
      [11300, 11320],
      [11750, 12301],
      [13000, 13222],
      [13227, 13910],
      [20001, 20002],
      20004,
      20007,
      20009,
      [20011, 20021],
      20161,
      20410,
      20413,
      20422,
      20423,
      20426,
      21200,
      21201,
      [21203, 21210],
      21212,
      21213,
      21215,
      [21218, 21263],
      [21601, 21617],
      32018,
      32019,
      32100,
      [32102, 32105],
      [32110, 32115],
      32201,
      [32204, 32215],
      32218,
      32220,
      32222,
      32223,
    ],
  },
];

const KIND_OF = new Map(
  GROUPS.toReversed().flatMap(({ kind, codes }) =>
    codes
      .flatMap((one) =>
        typeof one === 'number' ? [one] : Array.from({ length: one[1] - one[0] + 1 }, (_, at) => one[0] + at),
      )
      .map((code): [number, FailureKind] => [code, kind]),
  ),
);

/** What a refusal means; `configuration` for a code that is not listed: the campaign is paused, no number is blamed. */
export function kindOfCode(code: number): FailureKind {
  return KIND_OF.get(code) ?? 'configuration';
}

/** True for a code that somebody has thought about. */
export function isKnownCode(code: number): boolean {
  return KIND_OF.has(code);
}

// RFC 3261 §21.4 and §21.6: the answer of the far network to the call itself.
const SIP: Record<string, FailureKind> = {
  404: 'invalid_number',
  410: 'invalid_number',
  484: 'invalid_number',
  604: 'invalid_number',
  403: 'blocked',
  603: 'blocked',
  607: 'blocked',
  480: 'unreachable',
};

/** What the network's answer to a failed call means; anything unknown is a fault of the moment. */
export function kindOfSipCode(code: string): FailureKind {
  return SIP[code] ?? 'transient';
}
