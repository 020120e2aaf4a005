/**
 * Runs tasks one after the other, in the order in which they were given: one that is given while another runs comes
 * after all that wait.
 */
export class OneByOne {
  private readonly tasks: (() => void)[] = [];

  run(...tasks: readonly (() => void)[]): void {
    const isRunning = this.tasks.length > 0;
    this.tasks.push(...tasks);
    if (isRunning) return;
    try {
      // Those that are given meanwhile included.
      for (const task of this.tasks) task();
    } finally {
      this.tasks.length = 0;
    }
  }
}
