import { Agent, request, type IncomingMessage } from 'node:http';

const CONNECTIONS = 8;

/** Sends requests over a few connections that stay open. */
export class Load {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

  constructor(private readonly port: number) {}

  /** Signs in with the tokens. Resolves with the cookie that a browser would keep. */
  async signIn(tokens: object): Promise<string> {
    const { headers, status } = await this.#send('POST', '/sign-in', '', JSON.stringify(tokens));
    if (status !== 200) throw new Error('The app did not take the tokens.');
    return (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
  }

  /** So many requests with these cookies in turn, as fast as the server answers. Resolves with the time, ms. */
  async run(
    requests: number,
    cookies: readonly string[],
    isExpected: (body: string) => boolean,
  ): Promise<number> {
    let sent = 0;
    const work = async () => {
      while (sent < requests) {
        const { body } = await this.get(cookies[sent++ % cookies.length] ?? '');
        if (!isExpected(body)) throw new Error(`An answer is not as expected: ${body}`);
      }
    };
    const start = performance.now();
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
    return performance.now() - start;
  }

  get(cookie: string): Promise<Answer> {
    return this.#send('GET', '/', cookie);
  }

  post(path: string, cookie: string): Promise<Answer> {
    return this.#send('POST', path, cookie);
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(method: string, path: string, cookie: string, body = ''): Promise<Answer> {
    const headers = { cookie, ...(body !== '' && { 'content-type': 'application/json' }) };
    return new Promise((resolve, reject) => {
      const options = { agent: this.#agent, host: '127.0.0.1', port: this.port, method, path, headers };
      const call = request(options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, body: text }),
        );
        response.on('error', reject);
      });
      call.on('error', reject);
      call.end(body);
    });
  }
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
