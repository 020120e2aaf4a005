import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { FetchHttpHandler } from '@smithy/fetch-http-handler';
import { describeRefreshErrors } from '../../../testing-support/describe-refresh-errors';
import { withAwsSdk } from '../public-api';

describeRefreshErrors('the AWS SDK', (trouble, { region, endpoint = '' }) => {
  // CORS is a matter of `fetch`: here the SDK sends with it, as it does in browsers.
  const browserClient = () =>
    new CognitoIdentityProviderClient({ region, endpoint, requestHandler: new FetchHttpHandler() });
  return [trouble.kind === 'refusedByCors' ? withAwsSdk(browserClient) : withAwsSdk()];
});
