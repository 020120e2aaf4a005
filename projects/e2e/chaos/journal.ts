import type { ClockJump, Quiet, SignIn, SignOut, Sighting, Trouble } from './facts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A line for the person who looks into a failure. */
export interface Line {
  readonly at: number;
  readonly step: number;
  readonly text: string;
}

/** What the harness did and saw in an episode. */
export class Journal {
  readonly signIns: Writable<SignIn>[] = [];
  readonly signOuts: Writable<SignOut>[] = [];
  readonly quiets: Quiet[] = [];
  readonly troubles: Writable<Trouble>[] = [];
  readonly jumps: ClockJump[] = [];
  readonly sightings: Sighting[] = [];
  readonly lines: Line[] = [];
  step = 0;

  say(text: string): void {
    this.lines.push({ at: Date.now(), step: this.step, text });
  }

  /** Something is wrong from now on; ends with the function returned. */
  begin(kind: Trouble['kind'], device: string, page: string): () => void {
    const trouble: Writable<Trouble> = { kind, device, page, at: Date.now(), until: null };
    this.troubles.push(trouble);
    this.say(`${page}: ${kind}`);
    return () => {
      if (trouble.until !== null) return;
      trouble.until = Date.now();
      this.say(`${page}: ${kind} ends`);
    };
  }

  /** Something happens that takes no time. */
  mark(kind: Trouble['kind'], device: string, page: string, at = Date.now()): void {
    this.troubles.push({ kind, device, page, at, until: at });
    this.say(`${page}: ${kind}`);
  }

  /** Clocks are being set; they are with the function returned. */
  jump(device: string, ms: number): () => void {
    const jump = { device, ms, at: Date.now(), until: Infinity };
    this.jumps.push(jump);
    this.say(`clock of ${device}: ${ms} ms`);
    return () => {
      jump.until = Date.now();
    };
  }

  get isJumping(): boolean {
    return this.jumps.some(({ until }) => until === Infinity);
  }

  /** Whether something of these kinds is wrong on a device now, or was since a moment. */
  isTroubled(kinds: readonly Trouble['kind'][], device: string, since: number): boolean {
    return this.troubles.some(
      (trouble) =>
        trouble.device === device && kinds.includes(trouble.kind) && (trouble.until ?? Infinity) >= since,
    );
  }
}
