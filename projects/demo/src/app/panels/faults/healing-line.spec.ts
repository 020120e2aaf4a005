import type { CognitoCall } from '../../emulator/cognito-call';
import type { LoggedEvent } from '../../events/event-log';
import { healingLines } from './healing-line';

const call = (change: Partial<CognitoCall>): CognitoCall => ({
  number: 1,
  operation: 'GetTokensFromRefreshToken',
  at: 100,
  endedAt: 101,
  status: 200,
  errorType: null,
  isLost: false,
  fault: null,
  ...change,
});
const event = (change: Partial<LoggedEvent>): LoggedEvent => ({
  number: 1,
  at: 100,
  type: 'tokenRefreshed',
  origin: 'thisTab',
  detail: 'alice',
  ...change,
});

describe('healingLines', () => {
  it('puts calls and events in one order, and leaves out what was before', () => {
    const lines = healingLines(
      100,
      [call({ number: 1, at: 99 }), call({ number: 2, at: 103 })],
      [event({ at: 102 }), event({ number: 2, at: 104 })],
    );

    expect(lines.map(({ key }) => key)).toEqual(['event 1', 'call 2', 'event 2']);
  });

  it.each([
    [{ isLost: true, status: null }, 'connection broken', true],
    [{ endedAt: null, status: null }, 'no answer yet', false],
    [{ status: 400, errorType: 'TooManyRequestsException' }, '400 TooManyRequestsException', true],
    [{}, '200', false],
  ])('says how a call with %j ended', (change, detail, isTrouble) => {
    expect(healingLines(0, [call(change)], [])).toMatchObject([{ detail, isTrouble }]);
  });

  it('marks an error of another tab', () => {
    const lines = healingLines(0, [], [event({ type: 'error', origin: 'otherTab', detail: 'throttled' })]);

    expect(lines).toMatchObject([{ where: 'Session', detail: 'throttled (another tab)', isTrouble: true }]);
  });
});
