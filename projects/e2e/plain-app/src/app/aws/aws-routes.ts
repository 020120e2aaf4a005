import { provideHttpClient, withInterceptors, withRequestsMadeViaParent } from '@angular/common/http';
import type { Routes } from '@angular/router';
import { provideAwsCredentials } from 'ngx-cognito-session/aws-credentials';
import type { DemoConfig } from '../config/demo-config';
import { AwsPage } from './aws-page';
import { Files } from './files';
import { NoIdentityPoolPage } from './no-identity-pool-page';
import { AWS_SETTINGS } from './aws-settings';
import { signingInterceptor } from './signing-interceptor';

/** The page and what it needs, loaded with it: the credentials, the client of S3 and the signer. */
export function awsRoutes({ aws }: DemoConfig): Routes {
  if (aws === undefined) return [{ path: '', component: NoIdentityPoolPage }];
  const { identityPoolId, guests, identityEndpoint: endpoint } = aws;
  const [region = ''] = identityPoolId.split(':');
  return [
    {
      path: '',
      component: AwsPage,
      providers: [
        { provide: AWS_SETTINGS, useValue: { ...aws, region } },
        provideAwsCredentials({ identityPoolId, guests, ...(endpoint === undefined ? {} : { endpoint }) }),
        provideHttpClient(withInterceptors([signingInterceptor]), withRequestsMadeViaParent()),
        Files,
      ],
    },
  ];
}
