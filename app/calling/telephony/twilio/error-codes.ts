import type { FailureKind } from '../provider.ts';

// twilio.com/docs/api/errors. What a code says about whom: the number, our settings, our account, or the moment.
const CODES: Partial<Record<FailureKind, readonly number[]>> = {
  invalid_number: [13223, 13224, 13226, 20023, 21201, 21202, 21211, 21214, 21217, 32101],
  blocked: [13225, 21216, 32017, 32203, 32216],
  account: [
    10001, 10002, 10003, 20003, 20005, 20006, 20008, 20010, 20101, 20102, 20103, 20104, 20105, 20106, 20107,
    20151, 20403, 20404,
  ],
  throttled: [10004, 20429, 22005, 32001, 32012, 32013],
  transient: [20162, 20409, 20500, 20503],
};

const KIND_OF = new Map(
  Object.entries(CODES).flatMap(([kind, codes]) =>
    codes.map((code): [number, FailureKind] => [code, kind as FailureKind]),
  ),
);

/** What a refusal means. A code that is not listed concerns our request: the campaign is paused, no number is blamed. */
export function kindOfCode(code: number): FailureKind {
  return KIND_OF.get(code) ?? 'configuration';
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
