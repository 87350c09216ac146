/** What one person on the list is expected to be. `dueAt` null: at once. */
export type Person = {
  id: string;
  phone_number: string;
  state: 'pending' | 'in_progress' | 'not_reached' | 'excluded';
  reason: 'attempts_used_up' | 'invalid_number' | null;
  attempts: number;
  dueAt: number | null;
  lastAttemptAt: number;
  isListed: boolean;
};

/** One attempt until its end. `sid`: what the carrier calls it, where it has it. */
export type Line = {
  call_id: string;
  person: Person;
  dial: 'reserved' | 'placed' | 'unknown';
  sid: string | null;
  /** While reserved: not to be taken up by another process before this. */
  heldUntil: number;
  committedAt: number | null;
};

export const RING_SECONDS = 25;
export const LIMIT_SECONDS = 300;
const GRACE_SECONDS = 120;
const SECOND = 1_000;
const MINUTE = 60_000;

/** The rules of calling as one would tell them, small enough to be read beside the product's own (SPEC §5). */
export class Reference {
  now: number;
  status: 'running' | 'paused' = 'running';
  max_attempts = 2;
  readonly retryMs = 30 * MINUTE;
  readonly lines = 3;
  readonly people: Person[];
  readonly live: Line[] = [];
  /** Every dial request that the carrier saw, with the moment. */
  readonly posts: { call_id: string; to: string; at: number }[] = [];

  constructor(people: Person[], now: number) {
    this.people = people;
    this.now = now;
  }

  /** Monday to Friday from nine to eight on the wall in Rome (winter time), and not ringing past the end. */
  get isOpen(): boolean {
    const local = new Date(this.now + 60 * MINUTE);
    const seconds = local.getUTCHours() * 3600 + local.getUTCMinutes() * 60 + local.getUTCSeconds();
    const isWorkday = local.getUTCDay() >= 1 && local.getUTCDay() <= 5;
    return isWorkday && seconds >= 9 * 3600 && seconds + RING_SECONDS <= 20 * 3600;
  }

  isCallable(person: Person): boolean {
    if (this.status !== 'running' || !this.isOpen || person.attempts >= this.max_attempts) return false;
    if (person.state === 'pending') return (person.dueAt ?? 0) <= this.now;
    return (
      person.state === 'not_reached' &&
      person.reason === 'attempts_used_up' &&
      person.lastAttemptAt + this.retryMs <= this.now
    );
  }

  claimed(call_id: string, person: Person): void {
    person.state = 'in_progress';
    person.reason = null;
    person.attempts += 1;
    person.lastAttemptAt = this.now;
    const heldUntil = this.now + 30 * SECOND;
    this.live.push({ call_id, person, dial: 'reserved', sid: null, heldUntil, committedAt: null });
  }

  /** The checks at the moment of dialling; null: go. */
  refusal(line: Line): 'withdrawn' | 'excluded' | null {
    if (this.status !== 'running') return 'withdrawn';
    if (line.person.isListed) return 'excluded';
    return this.isOpen ? null : 'withdrawn';
  }

  withdrawn(line: Line, previousAttemptAt: number): void {
    this.#end(line);
    line.person.attempts -= 1;
    line.person.lastAttemptAt = previousAttemptAt;
    line.person.state = 'pending';
  }

  excludedAtDial(line: Line, previousAttemptAt: number): void {
    this.withdrawn(line, previousAttemptAt);
    this.#exclude(line.person);
  }

  /** A call that reached nobody: again after the interval, or never. */
  missed(line: Line): void {
    this.#end(line);
    const { person } = line;
    if (person.isListed) return this.#exclude(person);
    if (person.attempts >= this.max_attempts) return this.#notReached(person, 'attempts_used_up');
    person.state = 'pending';
    person.dueAt = this.now + this.retryMs;
  }

  neverValid(line: Line): void {
    this.#end(line);
    this.#notReached(line.person, 'invalid_number');
  }

  listed(person: Person): void {
    person.isListed = true;
    const waits = person.state === 'pending' || person.reason === 'attempts_used_up';
    if (waits) this.#exclude(person);
  }

  /** Those whom a lowered number of attempts leaves without one. */
  retired(): void {
    for (const person of this.people) {
      const isOver =
        person.state === 'pending' && person.attempts > 0 && person.attempts >= this.max_attempts;
      if (isOver) this.#notReached(person, 'attempts_used_up');
    }
  }

  /** When a call is over whatever anybody says; sooner where nobody has ever heard of it. */
  lastMoment(line: Line): number {
    const limit = line.dial === 'unknown' && line.sid === null ? 0 : LIMIT_SECONDS;
    return (line.committedAt ?? this.now) + (RING_SECONDS + limit + GRACE_SECONDS) * SECOND;
  }

  #end(line: Line): void {
    this.live.splice(this.live.indexOf(line), 1);
  }

  #exclude(person: Person): void {
    Object.assign(person, { state: 'excluded', reason: null, dueAt: null });
  }

  #notReached(person: Person, reason: 'attempts_used_up' | 'invalid_number'): void {
    Object.assign(person, { state: 'not_reached', reason, dueAt: null });
  }
}
