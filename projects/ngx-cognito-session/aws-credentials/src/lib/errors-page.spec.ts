import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readTable } from '../../../testing-support/markdown-table';
import { AwsCredentialsError, type AwsCredentialsErrorCode } from './aws-credentials-error';

/** A record, so that the compiler asks for a code that is new. */
const EVERY_CODE: Readonly<Record<AwsCredentialsErrorCode, true>> = {
  wrongLogins: true,
  roleNotTrusted: true,
  guestsNotAllowed: true,
  throttled: true,
  networkError: true,
  invalidConfiguration: true,
  serviceError: true,
  invalidResponse: true,
};

it('the page about errors explains every code once, and whether it is retryable', () => {
  const explained = readTable(
    readFileSync(resolve('projects/docs/reference/errors.md'), 'utf8'),
    'AWS credentials',
  ).map(([code = '', retryable]) => `${code} ${String(retryable)}`);

  const codes = Object.keys(EVERY_CODE) as AwsCredentialsErrorCode[];
  expect(explained).toEqual(
    codes.map(
      (code) => `\`${code}\` ${new AwsCredentialsError(code, 'It failed.').retryable ? 'yes' : 'no'}`,
    ),
  );
});
