import type { LambdaEvent, LambdaResult } from 'cognito-server-session/lambda';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Gateway } from './gateways';

/** A stand-in for API Gateway, or for a function URL, in front of a function. */
export class GatewayServer {
  private constructor(private readonly server: Server) {}

  static async start(
    gateway: Gateway,
    invoke: (event: LambdaEvent) => Promise<LambdaResult>,
  ): Promise<GatewayServer> {
    const server = createServer((request, response) => {
      answer(gateway, invoke, request, response).catch(() => {
        response.writeHead(gateway.failure).end('Internal Server Error');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new GatewayServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}

async function answer(
  gateway: Gateway,
  invoke: (event: LambdaEvent) => Promise<LambdaResult>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const result = await invoke(gateway.eventOf(request, await text(request)));
  response.statusCode = result.statusCode;
  for (const [name, value] of gateway.headersOf(result)) response.appendHeader(name, value);
  const { body = '', isBase64Encoded = false } = result;
  response.end(isBase64Encoded ? Buffer.from(body, 'base64') : body);
}
