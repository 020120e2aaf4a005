import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideSessionTesting, SessionTestingController } from 'ngx-cognito-session/testing';
import { SignIn } from './sign-in';

describe('SignIn', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideRouter([]), provideSessionTesting()] });
  });

  async function linkOfPage(): Promise<string | null | undefined> {
    const fixture = TestBed.createComponent(SignIn);
    fixture.autoDetectChanges();
    await fixture.whenStable();
    return (fixture.nativeElement as HTMLElement).querySelector('a')?.getAttribute('href');
  }

  it('leads to the server for the sign-in', async () => {
    expect(await linkOfPage()).toBe('/auth/login?returnUrl=/account');
  });

  it('leads signed-in users to their account', async () => {
    TestBed.inject(SessionTestingController).signIn();

    expect(await linkOfPage()).toBe('/account');
  });
});
