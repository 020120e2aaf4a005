import type { CognitoCall } from '../../emulator/cognito-call';
import { lanesOf, momentsSince, seriesOf } from './timeline-data';

const call = (change: Partial<CognitoCall>): CognitoCall => ({
  number: 1,
  operation: 'GetTokensFromRefreshToken',
  at: 2000,
  endedAt: 2001,
  status: 200,
  errorType: null,
  isLost: false,
  fault: null,
  ...change,
});

const refresh = { tab: 2, at: 3000, type: 'tokenRefreshed' } as const;

describe('the timeline', () => {
  it('shows what the tabs and Cognito did, oldest first, and nothing older', () => {
    const old = { tab: 1, at: 500, type: 'signedIn' } as const;

    const moments = momentsSince(1000, [refresh, old], [call({})]);

    expect(moments.map(({ lane, kind }) => [lane, kind])).toEqual([
      ['Cognito', 'call'],
      ['Tab 2', 'refresh'],
    ]);
  });

  it.each([
    [
      { status: 400, errorType: 'NotAuthorizedException' },
      'GetTokensFromRefreshToken: NotAuthorizedException',
    ],
    [{ status: null, isLost: true }, 'GetTokensFromRefreshToken: answer lost'],
  ])('shows a failed call as trouble: %j', (change, words) => {
    expect(momentsSince(0, [], [call(change)])).toMatchObject([{ kind: 'trouble', words }]);
  });

  it('has a lane for each tab, also for one that has closed, and Cognito below', () => {
    expect(lanesOf([1, 3], [refresh], true)).toEqual(['Tab 1', 'Tab 2', 'Tab 3', 'Cognito']);
    expect(lanesOf([1], [], false)).toEqual(['Tab 1']);
  });

  it('gives each kind a series', () => {
    const moments = momentsSince(0, [refresh], [call({})]);

    expect(seriesOf(moments, ['Tab 2', 'Cognito'])).toEqual([
      [2, 3],
      [null, 1],
      [0, null],
      [null, null],
      [null, null],
    ]);
  });
});
