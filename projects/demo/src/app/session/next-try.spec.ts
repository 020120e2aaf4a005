import { TestBed } from '@angular/core/testing';
import { SessionService } from 'ngx-cognito-session';
import { DEMO_CONFIG } from '../config/inject-demo-config';
import { injectNextTry } from './next-try';

it('is not known where the browser blocks its databases, and nothing is left unhandled', async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', listen);
  TestBed.configureTestingModule({
    providers: [
      { provide: DEMO_CONFIG, useValue: { clientId: 'client1' } },
      { provide: SessionService, useValue: { isSignedIn: () => true } },
    ],
  });

  const nextTry = TestBed.runInInjectionContext(injectNextTry);
  TestBed.tick();
  await new Promise((resolve) => setTimeout(resolve));

  expect(nextTry()).toBeNull();
  expect(unhandled).toEqual([]);
  process.off('unhandledRejection', listen);
});
