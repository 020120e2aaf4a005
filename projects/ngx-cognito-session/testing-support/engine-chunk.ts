import * as engine from '../src/lib/engine/create-engine';
import type { Engine } from '../src/lib/session-service/session-engine';
import { turns } from './turns';

/** A chunk that comes, or is lost, when the test says so. */
export class EngineChunk {
  requests = 0;
  private waiting: { resolve: (engine: Engine) => void; reject: (error: Error) => void }[] = [];

  readonly load = (): Promise<Engine> => {
    this.requests++;
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
    });
  };

  async arrive(): Promise<void> {
    for (const { resolve } of this.waiting.splice(0)) resolve(engine);
    await turns();
  }

  async getLost(): Promise<void> {
    for (const { reject } of this.waiting.splice(0)) reject(new TypeError('Failed to fetch a module'));
    await turns();
  }
}
