import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { publishedServerFolder } from '../published-package';
import { root } from '../workspace';

/** What a function with sessions in DynamoDB carries, minified. The AWS SDK is part of the Lambda runtime. */
const HANDLER = `
import { createServerSessions } from 'cognito-server-session';
import { DynamoDbSessionStore } from 'cognito-server-session/dynamodb';
import { withSession } from 'cognito-server-session/lambda';
const sessions = createServerSessions({ store: new DynamoDbSessionStore({ sortKey: 'sid' }) });
export const handler = withSession(sessions, async (event, session) => ({ statusCode: session ? 200 : 401 }));
`;

/** Bytes, gzip; what was reached, with next to no room. */
const BUDGET = 29_850;

export interface LambdaSize {
  readonly row: readonly string[];
  readonly isWithin: boolean;
}

/** The size of `cognito-server-session` with its dependencies in a bundled Lambda function. */
export async function lambdaSize(): Promise<LambdaSize> {
  const { outputFiles } = await build({
    stdin: { contents: HANDLER, resolveDir: root },
    alias: {
      'cognito-server-session': `${publishedServerFolder}/index.js`,
      'cognito-server-session/dynamodb': `${publishedServerFolder}/dynamodb.js`,
      'cognito-server-session/lambda': `${publishedServerFolder}/lambda.js`,
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['@aws-sdk/*'],
    legalComments: 'none',
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const isWithin = bytes.length > 0 && gzip <= BUDGET;
  const kB = (size: number) => (size / 1000).toFixed(2);
  return {
    isWithin,
    row: [
      'server sessions in a Lambda',
      `${kB(bytes.length)} / ${kB(gzip)} / –`,
      `${kB(BUDGET)} / –`,
      '–',
      '–',
      isWithin ? 'ok' : 'too large',
    ],
  };
}
