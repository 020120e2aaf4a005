import { Subject } from 'rxjs';
import type { OpenTabChannel, TabChannel } from '../../src/lib/tabs/tab-channel';

/** How words travel: at once, each with an even chance of getting lost, or not before a command lets them. */
export type ChannelMode = 'prompt' | 'lossy' | 'held';

interface Member {
  readonly tab: string;
  readonly name: string;
  readonly messages: Subject<unknown>;
}

interface Letter {
  readonly to: Member;
  readonly message: unknown;
}

/** The channels of one browser, of which nothing may be taken for granted: loss, delay, order, number. */
export class WildChannels {
  mode: ChannelMode = 'prompt';
  /** On their way, if the mode holds them. */
  readonly letters: Letter[] = [];
  private members: Member[] = [];

  constructor(private readonly chance: () => number) {}

  of(tab: string): OpenTabChannel {
    return (name): TabChannel => {
      const member = { tab, name, messages: new Subject<unknown>() };
      this.members.push(member);
      return {
        messages$: member.messages.asObservable(),
        post: (message) => {
          this.send(name, message, member);
        },
        close: () => {
          this.leave(tab);
          member.messages.complete();
        },
      };
    };
  }

  /** Some script of the origin says something. */
  inject(name: string, message: unknown): void {
    this.send(name, message, null);
  }

  /** The page is gone. */
  leave(tab: string): void {
    this.members = this.members.filter((member) => member.tab !== tab);
  }

  /** Lets one of those on their way arrive; `again`: it will arrive once more. */
  deliver(which: number, again: boolean): void {
    const letter = this.letters[which % Math.max(1, this.letters.length)];
    if (letter === undefined) return;
    if (!again) this.letters.splice(this.letters.indexOf(letter), 1);
    this.hand(letter);
  }

  lose(which: number): void {
    this.letters.splice(which % Math.max(1, this.letters.length), 1);
  }

  private send(name: string, message: unknown, from: Member | null): void {
    if (from !== null && !this.members.includes(from)) return;
    for (const to of this.members) {
      if (to === from || to.name !== name) continue;
      const letter = { to, message: structuredClone(message) };
      if (this.mode === 'held') this.letters.push(letter);
      else if (this.mode === 'prompt' || this.chance() < 0.5) this.hand(letter);
    }
  }

  private hand({ to, message }: Letter): void {
    void Promise.resolve().then(() => {
      if (this.members.includes(to)) to.messages.next(message);
    });
  }
}
