import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../app/infra/db/id.ts';
import type { Bus, BusMessage, Handle, Received } from '../../../app/infra/messaging/bus.ts';

/** A bus of its own, empty, with a visibility of one second; `another` is a second process at the same bus. */
export type BusUnderTest = { bus: Bus; another: Bus; close(): Promise<void> };
type Kind = { open(): Promise<BusUnderTest>; keepsOrder: boolean; countsDead: boolean };

const messages = (count: number, group?: string): BusMessage[] =>
  Array.from({ length: count }, (_, number) => ({ key: newId(), group: group ?? newId(), body: { number } }));
const keysOf = (list: { key: string }[]) => list.map(({ key }) => key);

/** What every bus has to promise, whatever carries it. */
export function busContract(name: string, { open, keepsOrder, countsDead }: Kind): void {
  describe(name, () => {
    let under: BusUnderTest;
    let stop: AbortController;
    let running: Promise<void>[];
    beforeEach(async () => {
      under = await open();
      stop = new AbortController();
      running = [];
    });
    afterEach(async () => {
      stop.abort();
      await Promise.all(running);
      await under.close();
    });
    const consume = (handle: Handle, bus = under.bus) => {
      running.push(bus.consume(handle, stop.signal));
    };
    /** Notes everything that is delivered; what `isDone` denies comes again. */
    const noting = (isDone: (one: Received) => boolean = () => true) => {
      const seen: Received[] = [];
      const handle: Handle = async (batch) => {
        seen.push(...batch);
        return batch.filter(isDone).map(({ id }) => id);
      };
      return { seen, handle };
    };
    const WAIT = { timeout: 30_000, interval: 20 };

    it('delivers every message with its key and body, in batches, and takes more than one request holds', async () => {
      const sent = messages(250);
      expect((await under.bus.publish(sent)).toSorted()).toEqual(keysOf(sent).toSorted());
      const { seen, handle } = noting();
      consume(handle);
      await expect.poll(() => new Set(keysOf(seen)).size, WAIT).toBe(250);
      const byKey = new Map(seen.toReversed().map((one) => [one.key, one]));
      for (const { key, body } of sent) expect(byKey.get(key)).toMatchObject({ body, receive_count: 1 });
      await expect.poll(async () => (await under.bus.depth()).waiting, WAIT).toBe(0);
    });

    it('takes an empty list', async () => {
      expect(await under.bus.publish([])).toEqual([]);
    });

    it('carries every letter there is', async () => {
      const body = { text: 'perché "no"\n 𝄞 𐍈', empty: null };
      const [message] = messages(1);
      await under.bus.publish([{ ...message!, body }]);
      const { seen, handle } = noting();
      consume(handle);
      await expect.poll(() => seen.length, WAIT).toBe(1);
      expect(seen[0]?.body).toEqual(body);
    });

    it('brings again what was not dealt with, and never what was', async () => {
      const [bad, ...good] = messages(4);
      await under.bus.publish([bad!, ...good]);
      const { seen, handle } = noting(({ key, receive_count }) => key !== bad!.key || receive_count === 2);
      consume(handle);
      await expect
        .poll(() => seen.filter(({ key }) => key === bad!.key).map((one) => one.receive_count), WAIT)
        .toEqual([1, 2]);
      await expect.poll(async () => (await under.bus.depth()).waiting, WAIT).toBe(0);
      for (const { key } of good) expect(keysOf(seen).filter((one) => one === key)).toHaveLength(1);
    });

    it('brings again what a handler broke on', async () => {
      const [message] = messages(1);
      await under.bus.publish([message!]);
      let times = 0;
      consume(async (batch) => {
        times += 1;
        if (times === 1) throw new Error('the handler broke');
        return batch.map(({ id }) => id);
      });
      await expect.poll(() => times, WAIT).toBe(2);
      await expect.poll(async () => (await under.bus.depth()).waiting, WAIT).toBe(0);
    });

    it('keeps from others what takes longer than its visibility', async () => {
      const [message, ...later] = messages(3);
      await under.bus.publish([message!]);
      let finish = () => {};
      const finished = new Promise<void>((resolve) => {
        finish = resolve;
      });
      let begun = 0;
      const slow: Handle = async (batch) => {
        const isSlow = keysOf(batch).includes(message!.key);
        if (isSlow) begun += 1;
        if (isSlow && begun === 1) await finished;
        return batch.map(({ id }) => id);
      };
      consume(slow);
      await expect.poll(() => begun, WAIT).toBe(1);
      const other = noting();
      consume(other.handle, under.another);
      // Three visibilities pass, told by messages that come again each time.
      await under.bus.publish(later);
      const impatient = noting(({ receive_count }) => receive_count >= 4);
      consume(impatient.handle, under.another);
      const sinceMs = performance.now();
      await expect.poll(() => performance.now() - sinceMs > 3_000, WAIT).toBe(true);
      expect(keysOf([...other.seen, ...impatient.seen])).not.toContain(message!.key);
      expect(begun).toBe(1);
      finish();
      await expect.poll(async () => (await under.bus.depth()).waiting, WAIT).toBe(0);
    });

    it('sets aside what five deliveries did not settle, and brings it back on request', async () => {
      const [poison, healthy] = messages(2);
      await under.bus.publish([poison!]);
      let isMended = false;
      const { seen, handle } = noting(({ key }) => isMended || key !== poison!.key);
      consume(handle);
      const times = () => keysOf(seen).filter((key) => key === poison!.key).length;
      await expect.poll(times, WAIT).toBe(5);
      if (countsDead) await expect.poll(async () => (await under.bus.depth()).dead, WAIT).toBe(1);
      await under.bus.publish([healthy!]);
      await expect.poll(() => keysOf(seen), WAIT).toContain(healthy!.key);
      await expect.poll(async () => (await under.bus.depth()).waiting, WAIT).toBe(0);
      expect(times()).toBe(5);
      isMended = true;
      // The queue moves a dead message when it would be due for the sixth time; asked before that there is none.
      await expect
        .poll(async () => {
          await under.bus.redrive().catch(() => null);
          return times();
        }, WAIT)
        .toBe(6);
    });

    it('shares the work among consumers: each message is dealt with, and none is lost', async () => {
      const sent = messages(200);
      await under.bus.publish(sent);
      const { seen, handle } = noting();
      consume(handle);
      consume(handle, under.another);
      // More than 200 may be seen: on a machine that stands still for a second, a lease of a second runs out.
      await expect.poll(() => new Set(keysOf(seen)).size, WAIT).toBe(200);
      await expect.poll(async () => (await under.bus.depth()).waiting, WAIT).toBe(0);
    });

    it('ends at the signal at once, and what it was dealing with is done', async () => {
      const [message] = messages(1);
      await under.bus.publish([message!]);
      let isOver = false;
      const ended = under.bus.consume(async (batch) => {
        stop.abort();
        await new Promise((resolve) => setImmediate(resolve));
        isOver = true;
        return batch.map(({ id }) => id);
      }, stop.signal);
      await ended;
      expect(isOver).toBe(true);
      await expect.poll(async () => (await under.bus.depth()).waiting, WAIT).toBe(0);
      const idle = new AbortController();
      const waiting = under.bus.consume(async () => [], idle.signal);
      idle.abort();
      await waiting; // a long poll is broken off
    });

    it.runIf(keepsOrder)(
      'keeps a group in order, also when its first one fails; others do not wait',
      async () => {
        const one = messages(3, newId());
        const other = messages(2, newId());
        for (const message of [...one, ...other]) await under.bus.publish([message]);
        const { seen, handle } = noting(
          ({ key, receive_count }) => key !== one[0]!.key || receive_count === 2,
        );
        const settled: string[] = [];
        consume(async (batch) => {
          const done = await handle(batch);
          // Of a batch, what follows a failed message of its group is not dealt with either.
          const failed = batch.some(({ key, id }) => key === one[0]!.key && !done.includes(id));
          const kept = batch.filter(
            ({ id, key }) => done.includes(id) && !(failed && keysOf(one).includes(key)),
          );
          settled.push(...keysOf(kept));
          return kept.map(({ id }) => id);
        });
        await expect.poll(() => settled.length, WAIT).toBe(5);
        expect(settled.filter((key) => keysOf(one).includes(key))).toEqual(keysOf(one));
        expect(settled.filter((key) => keysOf(other).includes(key))).toEqual(keysOf(other));
        expect(settled.indexOf(other[1]!.key)).toBeLessThan(settled.indexOf(one[0]!.key));
        expect(seen.length).toBeGreaterThan(5);
      },
    );
  });
}
