import { PUBLIC_ADDRESS } from '../../projects/ngx-cognito-session/src/lib/errors/documentation-page';

/** A release without a public address would publish links and messages that lead nowhere. */
if (PUBLIC_ADDRESS === '') {
  console.error(
    'Not released: the project has no public address. Set PUBLIC_ADDRESS in projects/ngx-cognito-session/src/lib/errors/documentation-page.ts.',
  );
  process.exitCode = 1;
}
