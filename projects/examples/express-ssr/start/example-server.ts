import { ShiftedClock } from 'cognito-emulator';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../../../tools/workspace';
import { AS_ON_AWS, startLocalAws, type LocalAws, type LocalAwsOptions } from '../../local/local-aws';

const PROGRAM = resolve(root, 'dist/express-ssr/server/server.mjs');
const HOST = '127.0.0.1';

export interface ExampleOptions extends Omit<LocalAwsOptions, 'appOrigin'> {
  /** If it is taken, the next one that is free. Default 4300. */
  readonly port?: number;
  /** The name of this machine in the app's origin. Default `127.0.0.1`; with `localhost` the local Cognito is another site. */
  readonly hostname?: 'localhost';
  /** `SameSite` of the session cookie. */
  readonly sameSite?: 'Lax' | 'Strict';
  /** Gets what the server prints. */
  readonly print?: (text: string) => void;
}

/** The built example in a process of its own, and what it needs of AWS in this one. */
export class ExampleServer {
  private output = '';

  private constructor(
    readonly url: string,
    readonly aws: LocalAws,
    private readonly child: ChildProcess,
  ) {}

  /** Resolves when it listens. */
  static async start({ port = 4300, ...options }: ExampleOptions = {}): Promise<ExampleServer> {
    const server = await ExampleServer.launch(port, options);
    try {
      await server.listening(options.print);
      return server;
    } catch (error) {
      await server.close();
      if (!server.output.includes('EADDRINUSE')) throw error;
      return ExampleServer.start({ port: port + 1, ...options });
    }
  }

  private static async launch(port: number, options: Omit<ExampleOptions, 'port'>): Promise<ExampleServer> {
    const { hostname = HOST, sameSite = 'Lax' } = options;
    const appOrigin = `http://${hostname}:${port}`;
    const aws = await startLocalAws({ ...options, appOrigin });
    const child = spawn(process.execPath, ['--import', pathToFileURL(AS_ON_AWS).href, PROGRAM], {
      env: {
        ...aws.environment,
        HOST,
        PORT: String(port),
        API_ORIGIN: aws.api.url,
        MASTER_KEY: randomBytes(32).toString('base64url'),
        SAME_SITE: sameSite,
        PATH: process.env['PATH'],
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    return new ExampleServer(appOrigin, aws, child);
  }

  /** What the server has printed. */
  get log(): string {
    return this.output;
  }

  /** Time passes for the server and for Cognito. */
  async pass(ms: number): Promise<void> {
    const { clock } = this.aws.emulator;
    if (!(clock instanceof ShiftedClock)) throw new Error('The clock cannot be moved.');
    clock.advance(ms);
    this.child.send({ advanceMs: ms });
    await once(this.child, 'message');
  }

  async close(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill();
      await ended;
    }
    await this.aws.close();
  }

  private listening(print: ExampleOptions['print']): Promise<void> {
    return new Promise((resolve, reject) => {
      for (const stream of [this.child.stdout, this.child.stderr])
        stream?.setEncoding('utf8').on('data', (text: string) => {
          this.output += text;
          print?.(text);
          if (this.output.includes('Listening on')) resolve();
        });
      this.child.once('error', reject);
      this.child.once('close', () => {
        reject(new Error(`The server has ended. It printed:\n${this.output}`));
      });
    });
  }
}
