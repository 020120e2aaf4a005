import type { LambdaEvent, LambdaResult } from 'cognito-server-session/lambda';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { AS_ON_AWS } from '../../local/local-aws';

const EXAMPLE = resolve(__dirname, '..');
const ROOT = resolve(EXAMPLE, '../../..');
const RUNTIME = resolve(__dirname, 'runtime.mjs');

interface Answer {
  readonly id: number;
  readonly result?: LambdaResult;
  readonly error?: string;
}

/** One instance of the bundled function, in a process of its own. */
export class LambdaFunction {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  /** Rejects when the process has ended. */
  private readonly ended: Promise<never>;
  private lastId = 0;
  private logged = '';

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (answer: Answer) => {
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
    this.ended = once(child, 'exit').then(() => {
      throw new Error(`The function has ended. It printed:\n${this.logged}`);
    });
    this.ended.catch(() => undefined);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.logged += text));
  }

  /** Builds the example by its own script, and starts it with these variables and no others. */
  static async start(environment: Readonly<Record<string, string>>): Promise<LambdaFunction> {
    const file = await bundle();
    const child = spawn(
      process.execPath,
      ['--import', pathToFileURL(AS_ON_AWS).href, RUNTIME, pathToFileURL(file).href],
      {
        env: { ...environment, AWS_LAMBDA_FUNCTION_NAME: 'example' },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    const lambda = new LambdaFunction(child);
    await Promise.race([once(child, 'message'), lambda.ended]);
    return lambda;
  }

  /** What the function has printed. */
  get log(): string {
    return this.logged;
  }

  /** Rejects if the handler does, or if the process has ended. */
  invoke(event: LambdaEvent): Promise<LambdaResult> {
    const id = ++this.lastId;
    const answered = new Promise<LambdaResult>((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) => {
        if (result === undefined) reject(new Error(error));
        else resolve(result);
      });
    });
    this.child.send({ id, event });
    return Promise.race([answered, this.ended]);
  }

  /** Time passes for the function. */
  advance(advanceMs: number): void {
    this.child.send({ advanceMs });
  }

  async close(): Promise<void> {
    this.child.kill();
    await this.ended.catch(() => undefined);
  }
}

/** Runs the script `build` of the example's `package.json`, with another folder for its result. */
async function bundle(): Promise<string> {
  const { scripts } = JSON.parse(readFileSync(resolve(EXAMPLE, 'package.json'), 'utf8')) as {
    readonly scripts: { readonly build: string };
  };
  const file = resolve(ROOT, 'out-tsc/lambda-example/handler.mjs');
  const [, ...args] = scripts.build.split(' ');
  const own = args.filter((arg) => !arg.startsWith('--outfile='));
  await promisify(execFile)(
    resolve(ROOT, 'node_modules/esbuild/bin/esbuild'),
    [...own, `--outfile=${file}`],
    {
      cwd: EXAMPLE,
    },
  );
  return file;
}
