import type { HttpInterceptorFn } from '@angular/common/http';
import type { EnvironmentProviders } from '@angular/core';
import type { Observable } from 'rxjs';

/** What pages of the documentation use of angular-auth-oidc-client. */
export declare enum LogLevel {
  Warn = 2,
}

export declare function provideAuth(input: {
  config: {
    authority: string;
    clientId: string;
    redirectUrl: string;
    responseType: string;
    scope: string;
    silentRenew: boolean;
    useRefreshToken: boolean;
    secureRoutes: string[];
    logLevel: LogLevel;
  };
}): EnvironmentProviders;

export declare function authInterceptor(): HttpInterceptorFn;

export declare class OidcSecurityService {
  readonly userData$: Observable<{ userData: { email?: string } | null }>;
  readonly isAuthenticated$: Observable<{ isAuthenticated: boolean }>;
  getAccessToken(): Observable<string>;
  getPayloadFromAccessToken(): Observable<Record<string, unknown>>;
  forceRefreshSession(): Observable<unknown>;
  authorize(): void;
  logoff(): Observable<unknown>;
}
