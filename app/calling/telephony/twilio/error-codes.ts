import type { FailureKind } from '../provider.ts';

type Group = {
  kind: FailureKind;
  why: string;
  codes: readonly (number | readonly [from: number, to: number])[];
};

/**
 * What a code says, and about whom (twilio.com/docs/api/errors). The question behind each group: would another number
 * fare better (then no campaign stops), would another campaign, or nobody at all? First match counts, so that what
 * concerns a number may be picked out of a range that concerns our settings.
 */
const GROUPS: readonly Group[] = [
  {
    kind: 'invalid_number',
    why: 'the number cannot be one: wrong form, unknown country, premium or not served at all',
    codes: [13223, 13224, 13226, 20023, 21201, 21202, 21211, 21217, 32101],
  },
  {
    kind: 'blocked',
    why: 'this number is refused now: on a block list, blocked by its carrier, or not reachable, which an outage also causes',
    codes: [13225, 21214, 21216, 32017, 32203, 32216],
  },
  {
    kind: 'blocked',
    why: 'codes of messages that concern one recipient: never met by a call, and no reason to stop a campaign',
    codes: [21604, 21610, 21612, 21614],
  },
  {
    kind: 'throttled',
    why: 'too much at once: nothing happened, later it will',
    codes: [10004, 20429, 21611, 22005, 32001, 32008, 32012, 32013],
  },
  {
    kind: 'account',
    why: 'nobody can call from this account: inactive, suspended, on trial, or wrong or expired credentials',
    codes: [[10001, 10003], 13805, 20003, 20005, 20006, 20008, 20010, [20101, 20107], [20151, 20160]],
  },
  {
    kind: 'account',
    why: 'what we ask is not there or not ours: another region, a closed account, a wrong address',
    codes: [20403, 20404, 20410],
  },
  {
    kind: 'transient',
    why: 'a fault of the moment at the vendor or on the way to us, or a state that has already passed',
    codes: [
      [11200, 11206],
      11251,
      12400,
      13340,
      20009,
      20020,
      20162,
      20409,
      20500,
      20503,
      21204,
      21220,
      32006,
      32009,
      32011,
      [32014, 32016],
      32022,
      32219,
      32221,
    ],
  },
  {
    kind: 'configuration',
    why: 'our addresses and certificates: the vendor cannot fetch what it was told to fetch',
    codes: [11100, [11210, 11243], 11300, 11310, 11320, [20011, 20012], 21205, 21609],
  },
  {
    kind: 'configuration',
    why: 'our documents: what the vendor fetched is not what it can follow',
    codes: [
      [11750, 11770],
      [12100, 12301],
      [13000, 13222],
      [13227, 13338],
      [13410, 13804],
      [13810, 13910],
    ],
  },
  {
    kind: 'configuration',
    why: 'our request: parameters that are missing, wrong or not allowed',
    codes: [
      [20001, 20002],
      20004,
      20007,
      20021,
      20161,
      20413,
      [20422, 20426],
      21200,
      [21206, 21209],
      21218,
      21234,
    ],
  },
  {
    kind: 'configuration',
    why: 'the number we call from, and the countries and numbers that we may call',
    codes: [21203, 21210, 21212, 21213, 21215, 21219, [21615, 21616], [32204, 32206]],
  },
  {
    kind: 'configuration',
    why: 'machine detection that is set up wrongly',
    codes: [21262, 21263],
  },
  {
    kind: 'configuration',
    why: 'SIP, trunks and domains, which calls to telephones do not use',
    codes: [
      [21221, 21233],
      [21235, 21261],
      32002,
      32007,
      32010,
      [32018, 32021],
      32100,
      [32102, 32115],
      [32200, 32202],
      [32207, 32215],
      32218,
      32220,
      [32222, 32223],
    ],
  },
  {
    kind: 'configuration',
    why: 'messages, which this application does not send',
    codes: [[21601, 21603], [21605, 21608], 21613, 21617],
  },
];

/** What a refusal means, with the reason; null for a code that is not in the table. */
export function groupOfCode(code: number): { kind: FailureKind; why: string } | null {
  const covers = (one: number | readonly [number, number]) =>
    typeof one === 'number' ? one === code : code >= one[0] && code <= one[1];
  return GROUPS.find(({ codes }) => codes.some(covers)) ?? null;
}

/** What a refusal means. A code that is not listed concerns our request: the campaign is paused, no number is blamed. */
export function kindOfCode(code: number): FailureKind {
  return groupOfCode(code)?.kind ?? 'configuration';
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
};

/** What the network's answer to a failed call means; anything unknown is a fault of the moment. */
export function kindOfSipCode(code: string): FailureKind {
  return SIP[code] ?? 'transient';
}
