import { provideHttpClient, type HttpFeature, type HttpFeatureKind } from '@angular/common/http';
import {
  provideZonelessChangeDetection,
  ɵɵdefineComponent,
  ɵɵelement,
  ɵɵtext,
  ɵɵtextInterpolate,
  type EnvironmentProviders,
  type Provider,
  type Signal,
} from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter, RouterOutlet, type CanActivateFn } from '@angular/router';

export type Providers = readonly (Provider | EnvironmentProviders)[];

/** The name of the signed-in user; `null` if signed out, `undefined` while it is not known. */
export type UserName = Signal<string | null | undefined>;

/** What a page adds to the app. A scenario takes some of it. */
export interface Parts {
  readonly providers: Providers;
  /** Called once, in an injection context. */
  readonly userName: () => UserName;
  /** The interceptor that adds the token to requests for the API. */
  readonly http?: readonly HttpFeature<HttpFeatureKind>[];
  /** Lets signed-in users through. */
  readonly guard?: CanActivateFn;
  /** Runs before the app starts; with `false` it does not start at all. */
  readonly before?: () => Promise<boolean>;
}

/** What the harness replaces in `app.js`. */
declare const BENCH: Config;

/** Where the stub answers. */
export interface Config {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Of the stub; it answers the JSON API and managed login. */
  readonly endpoint: string;
  readonly issuer: string;
  /** Of the same user pool as another provider would serve it: with the paths of Auth0, and for calls with credentials. */
  readonly otherEndpoint: string;
}

export const config: Config = BENCH;

/** Where the discovery document of the user pool is, without its well-known path. */
export const authority = `${config.endpoint}/${config.userPoolId}`;

/** Where managed login sends users back to: the page that the harness controls. Only that page signs users in. */
export const REDIRECT_URI = `${location.origin}/control/`;

/** Where the app's API is. No request for it leaves the page. */
export const API = 'https://api.example.com';

function mark(name: string): void {
  if (performance.getEntriesByName(name).length === 0) performance.mark(name);
}

/** A route that only a signed-in user sees. */
class Orders {
  static ɵfac = () => new Orders();
  static ɵcmp = ɵɵdefineComponent({
    type: Orders,
    selectors: [['app-orders']],
    decls: 1,
    vars: 0,
    encapsulation: 2,
    template: (flags: number) => {
      if (flags & 1) ɵɵtext(0, 'Orders');
    },
  });
}

/** Starts the same app for each library: who is signed in, and a route. Components are written as the compiler emits them. */
export async function start({ providers, userName, http = [], guard, before }: Parts): Promise<void> {
  if (before !== undefined && !(await before())) return;

  class App {
    readonly userName = userName();
    static ɵfac = () => new App();
    static ɵcmp = ɵɵdefineComponent({
      type: App,
      selectors: [['app-root']],
      decls: 2,
      vars: 1,
      encapsulation: 2,
      dependencies: [RouterOutlet],
      template: (flags: number, { userName }: App) => {
        if (flags & 1) {
          ɵɵtext(0);
          ɵɵelement(1, 'router-outlet');
        }
        if ((flags & 2) === 0) return;
        const name = userName();
        mark('first render');
        if (typeof name === 'string') mark('signed in');
        ɵɵtextInterpolate(name ?? (name === null ? 'Signed out' : 'Loading'));
      },
    });
  }

  await bootstrapApplication(App, {
    providers: [
      provideZonelessChangeDetection(),
      provideHttpClient(...http),
      provideRouter([
        { path: 'orders', component: Orders, canActivate: guard === undefined ? [] : [guard] },
        { path: '**', children: [] },
      ]),
      providers as Provider[],
    ],
  });
}
