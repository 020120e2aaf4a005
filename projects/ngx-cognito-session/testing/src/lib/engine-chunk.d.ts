import type { EnvironmentInjector, InjectionToken } from '@angular/core';
import type { ɵWakeSignal as WakeSignal } from 'ngx-cognito-session';
import type { Observable } from 'rxjs';

/**
 * `#engine` is the file of the package that apps load later. Tests have it at hand: `import()` would be over in some later
 * task, out of reach of fake time. The build puts the file's name in its place (tools/release/link-engine.ts).
 */
export declare function createEngine(parent: EnvironmentInjector): object;

export interface RandomSource {
  number(): number;
  id(): string;
}

export declare const RANDOM_SOURCE: InjectionToken<RandomSource>;

export declare const WAKE_SIGNALS: InjectionToken<Observable<WakeSignal>>;
