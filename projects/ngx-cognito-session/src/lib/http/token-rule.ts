import type { HttpErrorResponse, HttpRequest } from '@angular/common/http';

/** Where a token goes, or must not go. Parsed with `URL`; the origin is compared exactly, the path by whole segments. */
export interface TokenRule {
  /** '/api' (this origin, segment-wise) or 'https://api.example.com[/path]' (exact origin and below). */
  url: string;
  /** `false`: requests that match get no token, whatever other rules say. */
  attach?: false;
  /** HTTP methods the rule is for, in any case; all if not given. */
  methods?: readonly string[];
  /** Default: as for all rules. */
  tokenUse?: 'access' | 'id';
  /** Default: as for all rules. */
  headerName?: string;
  /** Default: as for all rules. */
  headerValue?: (token: string) => string;
  /** Signed out: send without a token (default) or fail with 'noSession'. */
  anonymous?: boolean;
  /** Also while rendering on a server; absolute origins only. Default false. */
  onServer?: boolean;
}

/**
 * Which requests get which token, and what a 401 leads to. A function in `attachTo` decides about everything that may
 * get a token at all (https or loopback, no user info, no disguised path), in browsers only; one that throws counts as
 * no, and the logger is told.
 *
 * ```ts
 * const options: TokenInjectionOptions = {
 *   attachTo: ['/api', { url: '/api/public', attach: false }, { url: 'https://api.example.com', methods: ['GET'] }],
 * };
 * ```
 */
export interface TokenInjectionOptions {
  /** Deny rules first, then the first match. Nothing matches by default. */
  attachTo: readonly (string | TokenRule | ((request: HttpRequest<unknown>) => boolean))[];
  /** Default 'Authorization'. */
  headerName?: string;
  /** Default `Bearer <token>`. */
  headerValue?: (token: string) => string;
  /** Default 'access'. */
  tokenUse?: 'access' | 'id';
  /** Whether a 401 leads to one renewal and one retry. Default true. A function that throws counts as no. */
  retryOnUnauthorized?: boolean | ((response: HttpErrorResponse) => boolean);
}
