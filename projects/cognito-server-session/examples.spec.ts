import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compileErrorsOf, typescriptBlocks } from '../ngx-cognito-session/testing-support/typescript-blocks';

const PACKAGE = resolve('projects/cognito-server-session');
const PAGES = [
  'projects/cognito-server-session/README.md',
  'projects/docs/guides/server-sessions.md',
  'projects/docs/migrate/to-server-sessions.md',
];

/** What an example in a docstring takes for granted. */
const IMPORTS = `
import { createServerSessions, errorAnswer, MemorySessionStore, ServerSessionError, toClientSession } from 'cognito-server-session';
import { DynamoDbSessionStore } from 'cognito-server-session/dynamodb';
import { sessionMiddleware, sessionRouter, type SessionRequest } from 'cognito-server-session/express';
import { requestOf as requestOfEvent, resultOf, withSession, withSetCookies, type HttpEvent } from 'cognito-server-session/lambda';
`;

const APP = `
import type { ServerSession, ServerSessions, ServerSessionsOptions } from 'cognito-server-session';
import type { Express } from 'express';
import type { IncomingMessage } from 'node:http';

declare global {
  const app: Express;
  const sessions: ServerSessions;
  const session: ServerSession;
  const options: ServerSessionsOptions;
  const request: Request & IncomingMessage;
  const error: unknown;
  const tokens: { AccessToken: string };
  const authenticationResult: { AccessToken: string };
  function requestOf(message: object): Request;
  function renderPage(request: Request): Promise<Response>;
}
`;

/** The examples in the docstrings of the sources, by names that say where they stand. */
function examples(): Map<string, string> {
  const texts = new Map([['app', APP]]);
  for (const folder of ['src', 'dynamodb', 'express', 'lambda'])
    for (const path of readdirSync(resolve(PACKAGE, folder), { recursive: true, encoding: 'utf8' }))
      if (path.endsWith('.ts') && !path.endsWith('.spec.ts'))
        for (const [at, block] of blocksIn(resolve(PACKAGE, folder, path)).entries())
          texts.set(`${folder}-${path.replace(/\W/g, '-')}-${at + 1}`, staged(block));
  return texts;
}

function blocksIn(path: string): readonly string[] {
  return [...readFileSync(path, 'utf8').matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(([comment]) =>
    typescriptBlocks(comment.replace(/^[ \t]*\* ?/gm, '')),
  );
}

/** An example may return, as the body of a function does, or export. */
function staged(block: string): string {
  return /^export /m.test(block)
    ? `${IMPORTS}${block}`
    : `${IMPORTS}export async function example(event: HttpEvent): Promise<any> {\n${block}}\n`;
}

describe('the README, the pages and the docstrings of the package', () => {
  it('hold code that compiles', () => {
    const texts = examples();
    for (const page of PAGES)
      for (const [at, block] of typescriptBlocks(readFileSync(page, 'utf8')).entries())
        texts.set(`${page.replace(/\W/g, '-')}-${at + 1}`, block);

    expect(texts.size).toBeGreaterThan(18);
    expect(compileErrorsOf(texts)).toEqual([]);
  });
});
