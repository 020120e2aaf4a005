import type { DocumentedExport } from './documented-exports';

/**
 * What an example in a docstring takes for granted, so that it can be as short as what it shows: the names of the library,
 * these of Angular, and an app or a test around it. An example that imports something stands for itself.
 */
const IMPORTS = `
import { HTTP_INTERCEPTORS, HttpClient, provideHttpClient, withInterceptors, withInterceptorsFromDi } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject, Injector, NgModule } from '@angular/core';
import { provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { bootstrapApplication, BrowserModule } from '@angular/platform-browser';
import { Router, RouterModule, type Routes } from '@angular/router';
import { type CognitoIdentityProviderClient, InitiateAuthCommand, type InitiateAuthCommandInput } from '@aws-sdk/client-cognito-identity-provider';
import { S3Client } from '@aws-sdk/client-s3';
import { firstValueFrom } from 'rxjs';
`;

/** Global, so that an example may declare one of these names itself. */
const APP = `
import type { HttpClient } from '@angular/common/http';
import type { HttpTestingController } from '@angular/common/http/testing';
import type { ComponentFixture } from '@angular/core/testing';
import type { Routes } from '@angular/router';
import type { CognitoIdentityProviderClient, InitiateAuthCommandInput } from '@aws-sdk/client-cognito-identity-provider';
import type { AwsCredentialsService } from 'ngx-cognito-session/aws-credentials';
import type { SessionConfig, SessionError, SessionService } from 'ngx-cognito-session';
import type { ManagedLogin } from 'ngx-cognito-session/managed-login';

declare global {
  const config: SessionConfig;
  const session: SessionService;
  const credentials: AwsCredentialsService;
  const login: ManagedLogin;
  const http: HttpClient;
  const routes: Routes;
  const idToken: string;
  const cognito: CognitoIdentityProviderClient;
  const input: InitiateAuthCommandInput;
  const fixture: ComponentFixture<unknown>;
  const backend: HttpTestingController;
  class App {}
  class AppConfig { readonly apiUrl: string; }
  class Admin {}
  class Audit {}
  class Orders {}
  class SignIn {}
  class SignInProblemPage {}
  function showBanner(text: string): void;
  function showPage(url: string): void;
  function showProblem(error: SessionError): void;
}
`;

/** The examples of the exports as texts that compile alone, by names that say where they stand. */
export function stagedExamples(exports: readonly DocumentedExport[]): ReadonlyMap<string, string> {
  const texts = new Map([['app', APP]]);
  for (const { name, specifier, examples, memberExamples } of exports)
    for (const [index, example] of [...examples, ...memberExamples].entries())
      texts.set(`${name}-${String(index + 1)}`, staged(example, importsOf(specifier, exports)));
  return texts;
}

function staged(example: string, libraryImports: string): string {
  return /^import /m.test(example) ? example : `${IMPORTS}${libraryImports}\n${example}`;
}

/** Those of the primary entry point, and of the one that the example is about. */
function importsOf(own: string, exports: readonly DocumentedExport[]): string {
  return [...new Set(['ngx-cognito-session', own])]
    .map((specifier) => {
      const names = exports.filter((documented) => documented.specifier === specifier);
      return `import { ${names.map(({ name }) => name).join(', ')} } from '${specifier}';`;
    })
    .join('\n');
}
