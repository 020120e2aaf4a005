import type { SessionConfig } from 'ngx-cognito-session';

export const cognito: SessionConfig = {
  region: 'eu-west-1',
  userPoolId: 'eu-west-1_YourUserPoolId',
  clientId: 'your-app-client-id',
};
