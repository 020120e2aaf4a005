import getPort from 'get-port';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface RenderingServer {
  readonly url: string;
  /** Everything it has printed. */
  output(): string;
  close(): Promise<void>;
}

/** Starts the server that `ng build` makes, for its own address: it renders for no host that it does not know. */
export async function serveRendered(script: string): Promise<RenderingServer> {
  const port = await getPort();
  const url = `http://localhost:${port}`;
  const server = spawn(process.execPath, [script], {
    env: { ...process.env, PORT: String(port), APP_ORIGIN: url, NG_ALLOWED_HOSTS: 'localhost' },
  });
  const ended = once(server, 'close');
  let output = '';
  await new Promise<void>((listening, failed) => {
    for (const stream of [server.stdout, server.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('listening on')) listening();
      });
    void ended.then(() => failed(new Error(`The server has ended:\n${output}`)));
  });
  return {
    url,
    output: () => output,
    close: async () => {
      server.kill();
      await ended;
    },
  };
}
