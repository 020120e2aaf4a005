import { Subject } from 'rxjs';
import type { OpenTabChannel, TabChannel } from '../src/lib/tabs/tab-channel';

interface Member {
  readonly tab: string;
  readonly name: string;
  readonly messages: Subject<unknown>;
}

/** The channels of one browser. Messages come in a later task, in the order they were sent. */
export class FakeTabChannels {
  /** Everything that was said, by whom. */
  readonly said: { readonly tab: string; readonly name: string; readonly message: object }[] = [];
  private members: Member[] = [];
  private readonly deaf = new Set<string>();
  private isLost: (message: object) => boolean = () => false;

  /** How many channels are open. */
  get open(): number {
    return this.members.length;
  }

  get names(): readonly string[] {
    return this.members.map(({ name }) => name);
  }

  /** What the page of this name is given. */
  of(tab: string): OpenTabChannel {
    return (name): TabChannel => {
      const messages = new Subject<unknown>();
      const member = { tab, name, messages };
      this.members.push(member);
      return {
        messages$: messages.asObservable(),
        post: (message) => {
          if (!this.members.includes(member)) return;
          this.said.push({ tab, name, message });
          if (!this.isLost(message)) this.deliver(name, structuredClone(message), member);
        },
        close: () => {
          this.leave(member);
          messages.complete();
        },
      };
    };
  }

  /** Nothing reaches this page any more: it is frozen, or the browser has lost its messages. */
  deafen(tab: string): void {
    this.deaf.add(tab);
  }

  /** Such messages do not arrive anywhere: the browser cannot read them in another page. */
  lose(isLost: (message: object) => boolean): void {
    this.isLost = isLost;
  }

  hear(tab: string): void {
    this.deaf.delete(tab);
  }

  /** The page dies: it says and hears nothing any more. */
  kill(tab: string): void {
    this.members = this.members.filter((member) => member.tab !== tab);
  }

  /** Some script of the origin says something. */
  inject(name: string, message: unknown): void {
    this.deliver(name, message);
  }

  private deliver(name: string, message: unknown, from?: Member): void {
    for (const member of this.members) {
      if (member === from || member.name !== name || this.deaf.has(member.tab)) continue;
      void Promise.resolve().then(() => {
        if (this.members.includes(member)) member.messages.next(message);
      });
    }
  }

  private leave(member: Member): void {
    this.members = this.members.filter((other) => other !== member);
  }
}
