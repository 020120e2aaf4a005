import { ManualClock } from 'cognito-emulator';

/** Pauses up to this long are the breaks of a loop. They pass immediately, so that a loop goes on while the clock stands. */
const LOOP_PAUSE_MS = 5000;

interface Waiting {
  readonly dueAt: number;
  readonly go: () => void;
}

/** Time that stands still until a test moves it. Limits pass only then; the pauses of polling loops pass without the clock. */
export class TestTime {
  readonly clock = new ManualClock();
  private waiting: Waiting[] = [];
  /** Limits that callers may wait for. */
  private readonly limits = new Set<number>([3000, 8000]);
  /** How many pauses of loops have passed. */
  pauses = 0;

  readonly now = () => this.clock.now();

  readonly wait = async (ms: number, signal?: AbortSignal): Promise<void> => {
    if (ms <= LOOP_PAUSE_MS && !this.limits.has(ms)) {
      this.pauses++;
      await new Promise((resolve) => setTimeout(resolve, 1));
      return;
    }
    await new Promise<void>((resolve) => {
      const entry = { dueAt: this.now() + ms, go: resolve };
      this.waiting.push(entry);
      signal?.addEventListener('abort', () => {
        this.waiting = this.waiting.filter((other) => other !== entry);
        resolve();
      });
    });
  };

  advance(ms: number): void {
    this.clock.advance(ms);
    const due = this.waiting.filter(({ dueAt }) => dueAt <= this.now());
    this.waiting = this.waiting.filter((entry) => !due.includes(entry));
    for (const { go } of due) go();
  }
}
