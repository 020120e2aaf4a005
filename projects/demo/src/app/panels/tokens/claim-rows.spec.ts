import { claimRows } from './claim-rows';

describe('claimRows', () => {
  it('shows text as it is, everything else as JSON, and times also as a date', () => {
    const rows = claimRows(
      {
        sub: 'a1',
        iss: 'https://issuer',
        token_use: 'access',
        exp: 1_795_953_600,
        iat: 1_795_950_000,
        'cognito:groups': ['admins'],
      },
      'UTC',
    );

    expect(rows).toEqual([
      { name: 'sub', value: 'a1', note: '' },
      { name: 'iss', value: 'https://issuer', note: '' },
      { name: 'token_use', value: 'access', note: '' },
      { name: 'exp', value: '1795953600', note: '29/11/2026, 12:00:00' },
      { name: 'iat', value: '1795950000', note: '29/11/2026, 11:00:00' },
      { name: 'cognito:groups', value: '["admins"]', note: '' },
    ]);
  });
});
