import { spawn, type ChildProcess } from 'node:child_process';
import { root } from '../../../tools/workspace';

/** `npm start` or another script, running: what a person in a terminal has in front of them. */
export class NpmStart {
  private readonly exited: Promise<number | null>;
  private said = '';
  private waiters: (() => void)[] = [];

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
        this.wake();
      });
    this.exited = new Promise((resolve) =>
      // 'close', not 'exit': what was said last belongs to what was said.
      child.on('close', (code) => {
        resolve(code);
        this.wake();
      }),
    );
  }

  /** With the build that is there. */
  static with(args: readonly string[], environment: NodeJS.ProcessEnv = {}): NpmStart {
    return NpmStart.script(['start', '--', '--no-build', ...args], environment);
  }

  /** In a process group of its own, as a terminal does it. */
  static script(args: readonly string[], environment: NodeJS.ProcessEnv = {}): NpmStart {
    const child = spawn('npm', [...args], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    return new NpmStart(child);
  }

  get output(): string {
    return this.said;
  }

  /** The first group of a pattern, as soon as it was printed. Rejects if the process ends without printing it. */
  async printed(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.said);
      if (match !== null) return match[1] ?? match[0];
      if (this.child.exitCode !== null || this.child.signalCode !== null)
        throw new Error(`npm start ended and said:\n${this.said}`);
      await new Promise<void>((resolve) => this.waiters.push(resolve));
    }
  }

  address(): Promise<string> {
    return this.printed(/^Demo\s+(http:\S+)$/m);
  }

  /** Ctrl+C: the terminal tells every process of the group. Resolves when all of them have let go of the terminal. */
  async pressCtrlC(): Promise<void> {
    await this.tell(-this.pid, 'SIGINT');
  }

  /** What a supervisor does: it knows npm alone. */
  async terminate(): Promise<void> {
    await this.tell(this.pid, 'SIGTERM');
  }

  ended(): Promise<number | null> {
    return this.exited;
  }

  /** Whether any process of the group is still there. */
  hasOrphans(): boolean {
    try {
      process.kill(-this.pid, 0);
      return true;
    } catch {
      return false;
    }
  }

  /** For tests that failed: nothing may stay behind. */
  kill(): void {
    if (this.hasOrphans()) process.kill(-this.pid, 'SIGKILL');
  }

  private get pid(): number {
    const { pid } = this.child;
    if (pid === undefined) throw new Error('npm could not be started.');
    return pid;
  }

  private tell(target: number, signal: NodeJS.Signals): Promise<number | null> {
    process.kill(target, signal);
    return this.exited;
  }

  private wake(): void {
    const { waiters } = this;
    this.waiters = [];
    for (const resolve of waiters) resolve();
  }
}
