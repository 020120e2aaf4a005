import * as numbers from './numbers';
import * as pageNumbers from './page-numbers';

it('has the numbers of the documentation', () => {
  expect({ ...numbers, ...pageNumbers }).toMatchObject({
    DEFAULT_REFRESH_BUFFER_SECONDS: 60,
    BUFFER_SHARE: 0.25,
    BUFFER_JITTER_SHARE: 0.1,
    BRIEF_WAIT_MS: 3000,
    DEFAULT_RETRY_COUNT: 1,
    DEFAULT_RETRY_DELAY_SECONDS: 5,
    MAX_BACKOFF_MS: 60_000,
    BACKOFF_JITTER: 0.25,
    REQUEST_SOFT_LIMIT_MS: 10_000,
    REQUEST_HARD_LIMIT_MS: 30_000,
    STORAGE_LIMIT_MS: 2000,
    RESTORE_WAIT_MS: 10_000,
    UNAUTHORIZED_PAUSE_MS: 30_000,
    REFUSAL_READ_MS: 2000,
    SERVER_RESTORE_WAIT_MS: 2000,
    ENDING_LEAD_MS: 300_000,
    TIMER_PIECE_MS: 300_000,
  });
});
