import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { root } from '../workspace';
import type { Command, Environment } from './step';
import { PATIENCE, watchForStuck, type Patience } from './stuck-watch';

/** How long to wait for the last output of a program that has ended. */
const drainMs = 30_000;
const running = new Set<ChildProcess>();

export interface CommandResult {
  readonly ok: boolean;
  readonly output: string;
}

/** Windows has no process groups. A detached program would get a window of its own there. */
const hasGroups = process.platform !== 'win32';

/** Ends a child with everything it started: servers and browsers must not outlive the gate. */
function endGroup(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (!hasGroups) {
    child.kill();
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

export function endAllCommands(): void {
  running.forEach(endGroup);
}

export interface RunOptions {
  readonly environment?: Environment;
  readonly cwd?: string;
  readonly patience?: Patience;
}

/** Runs a program without a terminal and keeps what it says. */
export function runProgram(
  program: string,
  args: readonly string[],
  { environment = {}, cwd = root, patience = PATIENCE }: RunOptions = {},
): Promise<CommandResult> {
  return new Promise((done) => {
    const chunks: string[] = [];
    const child = spawn(program, args, {
      cwd,
      detached: hasGroups,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CI: '1', FORCE_COLOR: '0', NG_CLI_ANALYTICS: 'false', ...environment },
    });
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        chunks.push(text);
        watch?.heard();
      });
    }
    const onStuck = () => {
      chunks.push(`\nStuck: no output and no processor time for ${patience.quietMs / 1000} s.\n`);
      endGroup(child);
    };
    const watch = child.pid === undefined ? null : watchForStuck(child.pid, onStuck, patience);
    const finish = (ok: boolean) => {
      watch?.stop();
      running.delete(child);
      done({ ok, output: chunks.join('') });
    };
    child.on('error', (error) => {
      chunks.push(error.message);
      finish(false);
    });
    child.on('exit', (code) => {
      endGroup(child);
      // What was written last may still be in the pipe, which a detached grandchild can hold open for ever.
      const drain = setTimeout(finish, drainMs, code === 0);
      child.on('close', () => {
        clearTimeout(drain);
        finish(code === 0);
      });
    });
  });
}

/** Runs Node scripts one after the other, all of them: the second one's findings are wanted too. */
export async function runCommands(
  commands: readonly Command[],
  options: RunOptions = {},
): Promise<CommandResult> {
  const results: CommandResult[] = [];
  for (const [script, ...args] of commands) {
    results.push(
      await runProgram(process.execPath, [resolve(root, 'node_modules', script), ...args], options),
    );
  }
  return { ok: results.every(({ ok }) => ok), output: results.map(({ output }) => output).join('') };
}
