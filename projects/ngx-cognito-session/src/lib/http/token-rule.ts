import type { HttpErrorResponse, HttpRequest } from '@angular/common/http';

/** Which requests get a token, or must not get one. Parsed with `URL`; the origin is compared exactly, the path by whole segments. */
export interface TokenRule {
  /** '/api' (this origin, segment-wise) or 'https://api.example.com[/path]' (exact origin and below). */
  url: string;
  /** `false`: requests that match get no token, regardless of other rules. */
  attach?: false;
  /** HTTP methods of the rule, case-insensitive. Default: all. */
  methods?: readonly string[];
  /** Default: as for all rules. */
  tokenUse?: 'access' | 'id';
  /** Default: as for all rules. */
  headerName?: string;
  /** Default: as for all rules. */
  headerValue?: (token: string) => string;
  /** Default: as for all rules. */
  retryOnUnauthorized?: boolean | ((response: HttpErrorResponse) => boolean);
  /** Signed out: send without a token (default) or fail with 'noSession'. */
  anonymous?: boolean;
  /** Also while rendering on a server; absolute origins only. Default false. */
  onServer?: boolean;
}

/**
 * Which requests get which token, and what a 401 leads to. A function in `attachTo` decides about every request that may
 * get a token (https or loopback, no user info, no disguised path), in browsers only. If it throws, no token is attached,
 * and the logger reports it.
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
  /**
   * Whether a 401 leads to one refresh and one retry. Default true. A function is asked about every response with an error
   * status, and decides which of them count; if it throws, the response is the answer.
   */
  retryOnUnauthorized?: boolean | ((response: HttpErrorResponse) => boolean);
}
