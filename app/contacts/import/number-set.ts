const SMALLEST = 1 << 12;
const FULLEST = 0.5;

/**
 * The numbers that a file has named so far. An E.164 number has at most fifteen digits, so it is a whole number that a
 * double holds exactly: sixteen bytes for each, where a `Set` of strings takes a hundred.
 */
export class NumberSet {
  #slots = new Float64Array(SMALLEST); // 0 = free: no number is
  #size = 0;

  /** Adds an E.164 number; false when it was there. */
  add(phone_number: string): boolean {
    if (this.#size >= this.#slots.length * FULLEST) this.#grow();
    const isNew = put(this.#slots, Number(phone_number.slice(1)));
    if (isNew) this.#size += 1;
    return isNew;
  }

  get size(): number {
    return this.#size;
  }

  #grow(): void {
    const larger = new Float64Array(this.#slots.length * 2);
    for (const number of this.#slots) if (number !== 0) put(larger, number);
    this.#slots = larger;
  }
}

// Open addressing, linear probing; numbers of one list lie close together, so both halves are mixed (Fibonacci hashing).
function put(slots: Float64Array, number: number): boolean {
  const mask = slots.length - 1;
  const low = (number % 0x1_0000_0000) | 0;
  const high = (number / 0x1_0000_0000) | 0;
  let mixed = Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1);
  mixed ^= mixed >>> 15;
  for (let at = mixed & mask; ; at = (at + 1) & mask) {
    if (slots[at] === 0) {
      slots[at] = number;
      return true;
    }
    if (slots[at] === number) return false;
  }
}
