/**
 * Runs tasks one after the other, in the order in which they were added. A task that is added while another one runs comes
 * after all waiting tasks.
 */
export class OneByOne {
  readonly #tasks: (() => void)[] = [];

  run(...tasks: readonly (() => void)[]): void {
    const isRunning = this.#tasks.length > 0;
    this.#tasks.push(...tasks);
    if (isRunning) return;
    try {
      // Including tasks that are added meanwhile.
      for (const task of this.#tasks) task();
    } finally {
      this.#tasks.length = 0;
    }
  }
}
