import { region } from '../../testing-support/values';
import type { SessionError } from '../../src/lib/errors/session-error';
import { isSessionError } from './public-api';

/** No test is compiled into an entry point: it may take what it needs from where it lies. */
it('knows its errors', () => {
  const none: SessionError | null = null;

  expect([isSessionError(none), region]).toEqual([false, 'eu-west-1']);
});
