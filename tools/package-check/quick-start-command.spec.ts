import { poolOf, quickStartFlags } from './quick-start-command';

const COMMAND = `ng add ngx-cognito-session --defaults \\
  --user-pool-id eu-west-1_A1 --client-id c1 \\
  --domain a.example
`;

describe('quickStartFlags', () => {
  it('reads the first ng add that names a user pool, over several lines', () => {
    const page = `\`\`\`sh\nng add ngx-cognito-session\n\`\`\`\n\n\`\`\`sh\n${COMMAND}\`\`\`\n--domain b.example`;

    expect(quickStartFlags(page)).toEqual([
      ...['--defaults', '--user-pool-id', 'eu-west-1_A1', '--client-id', 'c1', '--domain', 'a.example'],
    ]);
  });

  it('refuses a document without one', () => {
    expect(() => quickStartFlags('ng add ngx-cognito-session --defaults')).toThrow('no ng add');
  });
});

describe('poolOf', () => {
  it('reads the user pool and its Region', () => {
    expect(poolOf(quickStartFlags(COMMAND))).toEqual({
      region: 'eu-west-1',
      userPoolId: 'eu-west-1_A1',
      clientId: 'c1',
      domain: 'a.example',
    });
  });

  it.each(['--user-pool-id', '--client-id', '--domain'])('names %s if it is missing', (flag) => {
    const flags = quickStartFlags(COMMAND);
    const at = flags.indexOf(flag);

    expect(() => poolOf(flags.filter((_, index) => index !== at && index !== at + 1))).toThrow(flag);
  });
});
