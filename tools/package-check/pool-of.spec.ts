import { poolOf } from './pool-of';

const files = (content: string) => [{ path: 'src/app/app.config.ts', content, place: 'top' as const }];

describe('poolOf', () => {
  it('reads the settings', () => {
    const code =
      "provideSession({ region: 'eu-west-1', userPoolId: 'eu-west-1_A1', clientId: 'c1' }, withManagedLogin({ domain: 'a.example' }))";

    expect(poolOf(files(code))).toEqual({
      region: 'eu-west-1',
      userPoolId: 'eu-west-1_A1',
      clientId: 'c1',
      domain: 'a.example',
    });
  });

  it('names the setting that is missing', () => {
    expect(() => poolOf(files("{ region: 'eu-west-1', clientId: 'c1' }"))).toThrow('userPoolId');
  });
});
