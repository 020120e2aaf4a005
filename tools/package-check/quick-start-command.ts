/** The user pool that a quick start speaks of: the local Cognito then plays exactly this one. */
export interface Pool {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Of managed login. */
  readonly domain: string;
}

/** The flags of the first `ng add` in a document that names a user pool, as a shell would split them. */
export function quickStartFlags(markdown: string): readonly string[] {
  const command = /^ng add ngx-cognito-session ((?:.*\\\n)*.*--user-pool-id(?:.*\\\n)*.*)$/m.exec(
    markdown,
  )?.[1];
  if (command === undefined) throw new Error('The document has no ng add with a user pool.');
  return command.split(/[\s\\]+/).filter((flag) => flag !== '');
}

/** The user pool that the flags of `ng add` name. */
export function poolOf(flags: readonly string[]): Pool {
  const valueOf = (flag: string): string => {
    const value = flags[flags.indexOf(flag) + 1];
    if (!flags.includes(flag) || value === undefined) throw new Error(`The quick start has no ${flag}.`);
    return value;
  };
  const userPoolId = valueOf('--user-pool-id');
  const [region = ''] = userPoolId.split('_');
  return { region, userPoolId, clientId: valueOf('--client-id'), domain: valueOf('--domain') };
}
