import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { withSignInRoute } from 'ngx-cognito-session';
import { provideSessionTesting, SessionTestingController, type TestUser } from 'ngx-cognito-session/testing';
import { verifiedGuard } from './verified-guard';

@Component({ selector: 'app-page', changeDetection: ChangeDetectionStrategy.OnPush, template: 'page' })
class Page {}

describe('verifiedGuard', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: 'guarded', canActivate: [verifiedGuard], component: Page },
          { path: '**', component: Page },
        ]),
        provideSessionTesting({ features: [withSignInRoute('/sign-in')] }),
      ],
    });
  });

  /** Where a user ends up who goes to the guarded page; `null` stands for a visitor. */
  async function arrival(user: TestUser | null): Promise<string> {
    if (user !== null) TestBed.inject(SessionTestingController).signIn(user);
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl('/guarded');
    return TestBed.inject(Router).url;
  }

  it('admits users who meet the condition', async () => {
    expect(await arrival({ emailVerified: true })).toBe('/guarded');
  });

  it('leads other users elsewhere', async () => {
    expect(await arrival({ emailVerified: false })).toBe('/');
  });

  it('leads visitors to sign-in', async () => {
    expect(await arrival(null)).toBe('/sign-in');
  });
});
