import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from '../../../tools/workspace';

const PROGRAM = resolve(root, 'dist/ssr-fixture/server/server.mjs');
/** A process that has not ended by then hangs, on a slow machine as well. */
const LIMIT_MS = 300_000;

export interface EndedServer {
  /** `null`: it had to be killed. */
  readonly exitCode: number | null;
  readonly errors: string;
}

/** The production build of the fixture in a Node process of its own, as a host would run it. */
export class RenderingServer {
  private readonly exited: Promise<number | null>;
  private readonly errors: Promise<string>;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    this.exited = new Promise((resolve) => child.once('close', resolve));
    this.errors = child.stderr === null ? Promise.resolve('') : text(child.stderr);
  }

  static async start(): Promise<RenderingServer> {
    const child = spawn(process.execPath, [PROGRAM], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    const [address] = (await once(child, 'message')) as [AddressInfo];
    return new RenderingServer(child, `http://${address.address}:${address.port}`);
  }

  /** Takes no more requests and waits until the process has ended on its own: no timer, lock or channel keeps it running. */
  async end(): Promise<EndedServer> {
    const killer = setTimeout(() => this.child.kill('SIGKILL'), LIMIT_MS);
    this.child.send('close');
    const [exitCode, errors] = await Promise.all([this.exited, this.errors]);
    clearTimeout(killer);
    return { exitCode, errors };
  }
}
