/** Work that goes on while the next steps are taken. */
export class Background {
  private readonly running = new Set<Promise<void>>();
  private isHurried = false;
  private hurry: (() => void)[] = [];

  /** Errors are ignored: a page may end in the middle of it. */
  run(work: () => Promise<unknown>): void {
    const running = work().then(
      () => undefined,
      () => undefined,
    );
    this.running.add(running);
    void running.then(() => this.running.delete(running));
  }

  /** Real time passes, unless the episode comes to its end. */
  async pass(ms: number): Promise<void> {
    if (this.isHurried) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.hurry.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Troubles that last come to their ends now. */
  endTroubles(): void {
    this.isHurried = true;
    for (const end of this.hurry) end();
    this.hurry = [];
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
