import type { CodeBlock } from './extract-blocks';

export interface Pool {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Of managed login. */
  readonly domain: string;
}

/** The user pool that a quick start speaks of, read from its code: the local Cognito then plays exactly this one. */
export function poolOf(files: readonly CodeBlock[]): Pool {
  const code = files.map(({ content }) => content).join('\n');
  const setting = (name: string): string => {
    const value = new RegExp(`\\b${name}: '([^']+)'`).exec(code)?.[1];
    if (value === undefined) throw new Error(`The quick start sets no ${name}.`);
    return value;
  };
  return {
    region: setting('region'),
    userPoolId: setting('userPoolId'),
    clientId: setting('clientId'),
    domain: setting('domain'),
  };
}
