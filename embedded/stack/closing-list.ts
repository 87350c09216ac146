type Stop = () => Promise<void>;

/** What was started, to be stopped in the opposite order; what fails to stop does not keep the rest running. */
export class ClosingList {
  readonly #stops: Stop[] = [];

  add(stop: Stop): void {
    this.#stops.push(stop);
  }

  /** Keeps a server's `stop` and hands the server on. */
  keep<T extends { stop: Stop }>(server: T): T {
    this.add(() => server.stop());
    return server;
  }

  async closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const stop of this.#stops.splice(0).reverse()) {
      await stop().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped.');
  }
}
