import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { withManagedLogin } from 'ngx-cognito-session/managed-login';
import { provideSessionTesting, SessionTestingController } from 'ngx-cognito-session/testing';
import { SignIn } from './sign-in';

describe('SignIn', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideSessionTesting({
          features: [withManagedLogin({ domain: 'example.auth.eu-west-1.amazoncognito.com' })],
        }),
      ],
    });
  });

  async function textOfPage(): Promise<string> {
    const fixture = TestBed.createComponent(SignIn);
    fixture.autoDetectChanges();
    await fixture.whenStable();
    return (fixture.nativeElement as HTMLElement).textContent;
  }

  it('offers the sign-in', async () => {
    expect(await textOfPage()).toContain('Sign in');
  });

  it('leads signed-in users to their account', async () => {
    TestBed.inject(SessionTestingController).signIn();

    expect(await textOfPage()).toContain('Your account');
  });
});
