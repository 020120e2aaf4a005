import { build } from 'esbuild';
import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import type { ProcessReport, ProcessTask } from './instance-process';

const SOURCE = resolve('projects/cognito-server-session/testing-support/instance-process.ts');
const PROGRAM = resolve('out-tsc/server-session-tests/instance-process.mjs');

/** Instances of an app in processes of their own, as a platform runs them. */
export class InstanceProcesses {
  private readonly reports: ProcessReport[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly children: readonly ChildProcess[]) {
    for (const child of children)
      child.on('message', (report: ProcessReport) => {
        this.reports.push(report);
        for (const look of this.waiting) look();
      });
  }

  /** Starts a process for each task. */
  static async start(tasks: readonly ProcessTask[]): Promise<InstanceProcesses> {
    await build({
      entryPoints: [SOURCE],
      outfile: PROGRAM,
      bundle: true,
      platform: 'node',
      format: 'esm',
      // Resolved from the program's place, as they are installed; the package itself is found by the paths of the compiler.
      external: ['@aws-sdk/*', 'aws-jwt-verify', 'cookie', 'oauth4webapi'],
    });
    const processes = new InstanceProcesses(tasks.map(() => fork(PROGRAM, { execArgv: ['--no-warnings'] })));
    for (const [at, task] of tasks.entries()) processes.children[at]?.send(task);
    return processes;
  }

  /** Resolves when so many instances have stopped. */
  async stopped(count: number): Promise<void> {
    await this.until(() => this.reports.filter(({ type }) => type === 'stopped').length >= count);
  }

  /** Lets all go on, and resolves with the tokens of their sessions. */
  async tokens(count: number): Promise<readonly (string | null)[]> {
    for (const child of this.children) child.send('go');
    const ended = () => this.reports.flatMap((report) => (report.type === 'ended' ? [report] : []));
    await this.until(() => ended().length >= count);
    return ended().map(({ accessToken }) => accessToken);
  }

  /** Ends all processes in the middle of what they do. */
  async kill(): Promise<void> {
    await Promise.all(
      this.children.map(
        (child) =>
          new Promise<void>((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) return resolve();
            child.once('exit', () => resolve());
            child.kill('SIGKILL');
          }),
      ),
    );
  }

  private until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const failed = this.reports.find((report) => report.type === 'failed');
        if (failed === undefined && !condition()) return;
        this.waiting.delete(look);
        if (failed === undefined) resolve();
        else reject(new Error(failed.error));
      };
      this.waiting.add(look);
      look();
    });
  }
}
