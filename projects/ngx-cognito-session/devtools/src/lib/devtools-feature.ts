import { inject, Injector, provideEnvironmentInitializer, type Provider } from '@angular/core';
import {
  ɵchooseRefresher,
  ɵfeature,
  ɵLIFECYCLE_PROVIDERS,
  ɵREFRESHER,
  ɵREQUEST_WATCH,
  ɵSessionInsight,
  ɵTOKENLESS_WATCH,
  ɵWAKE_SIGNALS,
  type SessionFeature,
  type ɵTokenlessWatch,
} from 'ngx-cognito-session';
import { defer, merge } from 'rxjs';
import { ClockShift } from './clock-shift';
import { Faults } from './faults';
import { LOAD_PANEL, showPanel, type LoadPanel } from './panel-host';
import { Recorder } from './recorder';
import { RequestRecords } from './request-records';
import { SessionModel } from './session-model';
import { TabPresence } from './tab-presence';

/** The panel, whose code `load` brings. */
export function devtoolsFeature(load: LoadPanel): SessionFeature {
  return ɵfeature('devtools', [
    { provide: LOAD_PANEL, useValue: load },
    ɵSessionInsight,
    ClockShift,
    Recorder,
    RequestRecords,
    Faults,
    TabPresence,
    SessionModel,
    { provide: ɵREQUEST_WATCH, useFactory: () => inject(RequestRecords).watch },
    { provide: ɵLIFECYCLE_PROVIDERS, useValue: FAULTY_PARTS, multi: true },
    { provide: ɵTOKENLESS_WATCH, useFactory: watchQuestions },
    provideEnvironmentInitializer(showPanel),
  ]);
}

/** Parts of the session are made with it, and these parts of the panel need the session: they are looked up when they are used. */
function watchQuestions(): ɵTokenlessWatch {
  const injector = inject(Injector);
  return {
    question: (question$) => defer(() => injector.get(Recorder).call(question$, false)),
    signals$: defer(() => injector.get(Faults).signals$),
  };
}

/** Parts of a configured session: the transport, and the signals to check the clock and the network. */
const FAULTY_PARTS: Provider[] = [
  { provide: ɵREFRESHER, useFactory: () => inject(Faults).around(ɵchooseRefresher()) },
  {
    provide: ɵWAKE_SIGNALS,
    useFactory: () => merge(inject(ɵWAKE_SIGNALS, { skipSelf: true }), inject(Faults).signals$),
  },
];
