import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { peersFolder } from './peers';

/** A program of this folder in a process of its own, which answers each message with one. */
export class ChildProgram {
  readonly #child: ChildProcess;

  constructor(file: string) {
    this.#child = fork(resolve(peersFolder, file), {
      execArgv: ['--no-warnings', '--import', 'tsx'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  /** The next message from it. */
  async next<T>(): Promise<T> {
    const ended = once(this.#child, 'exit').then(() => {
      throw new Error('A program of the benchmark has ended.');
    });
    // Once the message is there, the end of the program is not a failure.
    ended.catch(() => undefined);
    const [message] = (await Promise.race([once(this.#child, 'message'), ended])) as [T];
    return message;
  }

  /** Sends a message and resolves with the answer. */
  ask<T>(message: unknown): Promise<T> {
    const answer = this.next<T>();
    this.#child.send(message as object);
    return answer;
  }

  end(): void {
    this.#child.disconnect();
  }
}
