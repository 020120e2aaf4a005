import type { SessionClock } from '../src/lib/platform/session-clock';
import type { KnownAdapter } from '../src/lib/storage/known-adapter';

interface Write {
  readonly key: string;
  /** `null`: it was removed. */
  readonly value: string | null;
  readonly by: string;
  readonly visibleAtMs: number;
}

/**
 * A storage as `localStorage` is over several processes: a tab sees what it has written itself at once, and what
 * others have written only after a while. The order of the writes is the same for all.
 */
export class LaggingStorage {
  private readonly writes: Write[] = [];
  /** How often a tab was given something older than what is there. */
  staleReads = 0;

  constructor(
    private readonly clock: SessionClock,
    /** How long what is written from now on stays unseen by others. */
    public lagMs: number,
  ) {}

  /** As the tab of this name sees it. */
  of(tab: string): KnownAdapter {
    const write = (key: string, value: string | null): void => {
      this.writes.push({ key, value, by: tab, visibleAtMs: this.clock.now() + this.lagMs });
    };
    return {
      shared: true,
      ɵisLocalStorage: true,
      getItem: (key) => this.read(tab, key),
      setItem: write,
      removeItem: (key) => {
        write(key, null);
      },
    };
  }

  /** Everything that is in it, as one text. */
  get content(): string {
    const latest = new Map(this.writes.map(({ key, value }) => [key, value]));
    return [...latest.values()].join('\n');
  }

  private read(tab: string, key: string): string | null {
    const ofKey = this.writes.filter((write) => write.key === key);
    const seen = ofKey.filter(({ by, visibleAtMs }) => by === tab || visibleAtMs <= this.clock.now()).at(-1);
    if (seen !== ofKey.at(-1)) this.staleReads++;
    return seen?.value ?? null;
  }
}
