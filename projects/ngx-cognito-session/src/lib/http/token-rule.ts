import type { HttpErrorResponse, HttpRequest } from '@angular/common/http';

/** Where a token goes. Relative URLs mean this origin. */
export interface TokenRule {
  /** '/api' (this origin, segment-wise) or 'https://api.example.com[/path]' (exact origin and below). */
  url: string;
  /** `false`: requests that match get no token, whatever other rules say. */
  attach?: false;
  /** HTTP methods the rule is for; all if not given. */
  methods?: readonly string[];
  tokenUse?: 'access' | 'id';
  headerName?: string;
  headerValue?: (token: string) => string;
  /** Signed out: send without a token (default) or fail with 'noSession'. */
  anonymous?: boolean;
}

export interface TokenInjectionOptions {
  /** Deny rules first, then the first match. Nothing matches by default. */
  attachTo: readonly (string | TokenRule | ((request: HttpRequest<unknown>) => boolean))[];
  /** Default 'Authorization'. */
  headerName?: string;
  /** Default `Bearer <token>`. */
  headerValue?: (token: string) => string;
  /** Default 'access'. */
  tokenUse?: 'access' | 'id';
  /** Whether a 401 leads to one renewal and one retry. Default true. */
  retryOnUnauthorized?: boolean | ((response: HttpErrorResponse) => boolean);
}
