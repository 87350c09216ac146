/** One line of the carrier's log: what happened on the line, whoever asked for it. */
export type Fact = {
  at: string;
  call_sid: string;
  to: string;
  from: string;
  fact: 'accepted' | 'ringing' | 'answered' | 'agent_said' | 'respondent_said' | 'ended';
  text?: string | null;
  status?: string | null;
};

/** One call as the network saw it. `said` is in order; `end_ms` is null while it is live. */
export type Ring = {
  call_sid: string;
  to: string;
  start_ms: number;
  end_ms: number | null;
  status: string | null;
  said: { speaker: 'agent' | 'respondent'; text: string }[];
};

/** Reads the log (NDJSON) into calls, in the order in which they were accepted. */
export function readRings(ndjson: string): Ring[] {
  const rings = new Map<string, Ring>();
  for (const line of ndjson.split('\n')) {
    if (line.trim() === '') continue;
    const fact = JSON.parse(line) as Fact;
    const ring = rings.get(fact.call_sid);
    if (ring) follow(ring, fact);
    else if (fact.fact === 'accepted') rings.set(fact.call_sid, begin(fact));
  }
  return [...rings.values()];
}

function begin(fact: Fact): Ring {
  return {
    call_sid: fact.call_sid,
    to: fact.to,
    start_ms: Date.parse(fact.at),
    end_ms: null,
    status: null,
    said: [],
  };
}

function follow(ring: Ring, fact: Fact): void {
  if (fact.fact === 'agent_said') ring.said.push({ speaker: 'agent', text: fact.text ?? '' });
  if (fact.fact === 'respondent_said') ring.said.push({ speaker: 'respondent', text: fact.text ?? '' });
  if (fact.fact === 'ended') {
    ring.end_ms = Date.parse(fact.at);
    ring.status = fact.status ?? null;
  }
}

/** The largest number of calls that were live at one moment. */
export function mostAtOnce(rings: Ring[]): number {
  const edges = rings.flatMap((ring) => [
    { at: ring.start_ms, change: 1 },
    { at: ring.end_ms ?? Number.POSITIVE_INFINITY, change: -1 },
  ]);
  // An end and a start in the same millisecond: the end came first, or the line would not have been free.
  edges.sort((a, b) => a.at - b.at || a.change - b.change);
  let live = 0;
  let most = 0;
  for (const edge of edges) {
    live += edge.change;
    most = Math.max(most, live);
  }
  return most;
}

/** Calls by the number they went to, each list in the order of its calls. */
export function byNumber(rings: Ring[]): Map<string, Ring[]> {
  const map = new Map<string, Ring[]>();
  for (const ring of rings) map.set(ring.to, [...(map.get(ring.to) ?? []), ring]);
  return map;
}
