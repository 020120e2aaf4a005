import { Observable } from 'rxjs';

/** What lies between a page and the world: a frozen page is told everything later, a crashed one nothing any more. */
export class Gate {
  private state: 'open' | 'shut' | 'dead' = 'open';
  private waiting: (() => void)[] = [];

  get isShut(): boolean {
    return this.state === 'shut';
  }

  get isDead(): boolean {
    return this.state === 'dead';
  }

  shut(): void {
    if (this.state === 'open') this.state = 'shut';
  }

  /** What has come meanwhile is told in its order. */
  open(): void {
    if (this.state !== 'shut') return;
    this.state = 'open';
    for (const work of this.waiting.splice(0)) work();
  }

  kill(): void {
    this.state = 'dead';
    this.waiting = [];
  }

  enter(work: () => void): void {
    if (this.state === 'open') work();
    else if (this.state === 'shut') this.waiting.push(work);
  }

  through<T>(source: Observable<T>): Observable<T> {
    return new Observable((subscriber) =>
      source.subscribe({
        next: (value) => {
          this.enter(() => {
            subscriber.next(value);
          });
        },
        error: (error: unknown) => {
          this.enter(() => {
            subscriber.error(error);
          });
        },
        complete: () => {
          this.enter(() => {
            subscriber.complete();
          });
        },
      }),
    );
  }
}
