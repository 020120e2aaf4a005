import { provideZonelessChangeDetection, type EnvironmentProviders, type Signal } from '@angular/core';
import { ɵɵdefineComponent, ɵɵtext, ɵɵtextInterpolate } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';

/** The name of the signed-in user; `null` if signed out, `undefined` while it is not known. */
export type UserName = Signal<string | null | undefined>;

function mark(name: string): void {
  if (performance.getEntriesByName(name).length === 0) performance.mark(name);
}

/** Starts the same app for each library: one component that shows who is signed in, as the Angular compiler writes it. */
export function start(userName: () => UserName, ...providers: EnvironmentProviders[]): void {
  class App {
    readonly userName = userName();
    static ɵfac = () => new App();
    static ɵcmp = ɵɵdefineComponent({
      type: App,
      selectors: [['app-root']],
      decls: 1,
      vars: 1,
      encapsulation: 2,
      template: (flags: number, { userName }: App) => {
        if (flags & 1) ɵɵtext(0);
        if ((flags & 2) === 0) return;
        const name = userName();
        mark('first render');
        if (typeof name === 'string') mark('signed in');
        ɵɵtextInterpolate(name ?? (name === null ? 'Signed out' : 'Loading'));
      },
    });
  }
  void bootstrapApplication(App, { providers: [provideZonelessChangeDetection(), ...providers] });
}
