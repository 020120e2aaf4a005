import type { TokenInjectionOptions } from './token-rule';

/** The headers that carry a token by these rules, and `Authorization`. Pure. */
export function headerNames({ headerName, attachTo }: TokenInjectionOptions): readonly string[] {
  const own = attachTo.map((rule) => (typeof rule === 'object' ? rule.headerName : undefined));
  return ['Authorization', headerName, ...own].filter((name) => name !== undefined);
}
