import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ServerJob, ServerReport } from './server-program';

/** A process that has not ended by then hangs. */
const LIMIT_MS = 600_000;

export interface EndedProcess {
  /** `null`: it had to be killed. */
  readonly exitCode: number | null;
  readonly errors: string;
  readonly report: ServerReport | null;
}

/** The program as Node takes it; the packages it needs are those of the workspace. */
export async function bundleServerProgram(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve(__dirname, 'server-program.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    // Without `importHelpers`, which the library's own build has: the program is one file.
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, target: 'ES2022' } },
  });
  return outputFiles[0]?.text ?? '';
}

/** Angular's own server builds define it. */
const SERVER_MODE = 'data:text/javascript,globalThis.ngServerMode=true';

/** Runs it in a Node process of its own and waits until the process has ended on its own. */
export async function runServerProgram(program: string, job: ServerJob): Promise<EndedProcess> {
  // The compiler before anything that is to be compiled.
  const before = [SERVER_MODE, '@angular/compiler'].flatMap((module) => ['--import', module]);
  const child = spawn(process.execPath, ['--input-type=module', ...before], {
    cwd: __dirname,
    // Nothing of the runner's own: it would change what Node says.
    env: { SERVER_JOB: JSON.stringify(job) },
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  child.stdin.end(program);
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [said, errors, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { exitCode, errors, report: said === '' ? null : (JSON.parse(said) as ServerReport) };
}
