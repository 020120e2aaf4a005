import { publishedServerFolder } from '../published-package';
import { bundleSize, type BundleSize } from './bundle-size';

/** What a function with sessions in DynamoDB carries, minified. The AWS SDK is part of the Lambda runtime. */
const HANDLER = `
import { createServerSessions } from 'cognito-server-session';
import { DynamoDbSessionStore } from 'cognito-server-session/dynamodb';
import { withSession } from 'cognito-server-session/lambda';
const sessions = createServerSessions({ store: new DynamoDbSessionStore({ sortKey: 'sid' }) });
export const handler = withSession(sessions, async (event, session) => ({ statusCode: session ? 200 : 401 }));
`;

/** The size of `cognito-server-session` with its dependencies in a bundled Lambda function. */
export const lambdaSize = (): Promise<BundleSize> =>
  bundleSize({
    name: 'server sessions in a Lambda',
    code: HANDLER,
    budget: 31_110,
    options: {
      alias: {
        'cognito-server-session': `${publishedServerFolder}/index.js`,
        'cognito-server-session/dynamodb': `${publishedServerFolder}/dynamodb.js`,
        'cognito-server-session/lambda': `${publishedServerFolder}/lambda.js`,
      },
      platform: 'node',
      target: 'node20',
      external: ['@aws-sdk/*'],
    },
  });
